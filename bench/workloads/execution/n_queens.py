"""The ways to place n queens on a board so that none attacks another: a recursive search on sets of squares, held as bits."""

from __future__ import annotations


def solutions(free_columns: int, left: int, right: int) -> int:
    """Count the ways to fill the rows that remain; `left` and `right` are the squares of this row under attack diagonally."""
    if not free_columns:
        return 1
    count = 0
    safe = free_columns & ~(left | right)
    while safe:
        queen = safe & -safe
        safe ^= queen
        count += solutions(free_columns ^ queen, (left | queen) << 1, (right | queen) >> 1)
    return count


def run(n: int) -> int:
    return solutions((1 << n) - 1, 0, 0)
