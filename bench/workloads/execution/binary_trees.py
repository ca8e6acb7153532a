"""Perfect binary trees, made, counted and dropped: the time is that of allocating and freeing small objects.

A node is a tuple of its two children. Nothing is pooled; the memory manager works at its default settings.
"""

from __future__ import annotations

from typing import TypeAlias

Node: TypeAlias = "tuple[Node | None, Node | None]"

MIN_DEPTH = 4


def make(depth: int) -> Node:
    if depth == 0:
        # From a variable, because the compiler makes one constant of a literal (None, None), and no leaf would be allocated.
        nothing: Node | None = None
        return nothing, nothing
    return make(depth - 1), make(depth - 1)


def count(node: Node) -> int:
    left, right = node
    if left is None or right is None:
        return 1
    return 1 + count(left) + count(right)


def run(depth: int) -> list[int]:
    """Return the nodes counted: in one deeper tree, in all trees of each depth, in the tree that lives throughout."""
    counts = [count(make(depth + 1))]
    long_lived = make(depth)
    for trees_depth in range(MIN_DEPTH, depth + 1, 2):
        trees = 1 << (depth - trees_depth + MIN_DEPTH)
        counts.append(sum(count(make(trees_depth)) for _ in range(trees)))
    counts.append(count(long_lived))
    return counts
