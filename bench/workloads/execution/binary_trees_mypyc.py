"""Perfect binary trees, made, counted and dropped, by a module that mypyc compiles to an extension, guided by its types.

A node is an object of a class, which in the extension is a struct with two pointers. The pure program's node, a tuple of a type
that refers to itself, is beyond mypyc.
"""

from __future__ import annotations

import sys

MIN_DEPTH = 4


class Node:
    """Two children, or none."""

    def __init__(self, left: Node | None, right: Node | None) -> None:
        self.left = left
        self.right = right


def make(depth: int) -> Node:
    if depth == 0:
        return Node(None, None)
    return Node(make(depth - 1), make(depth - 1))


def count(node: Node) -> int:
    left, right = node.left, node.right
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


def main() -> None:
    """Print what is counted in trees of depth ten, as a command."""
    for number in run(10):
        sys.stdout.write(f"{number}\n")


if __name__ == "__main__":
    main()
