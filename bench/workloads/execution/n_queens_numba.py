"""The ways to place n queens on a board: the search of the pure program, which numba compiles to machine code.

It is compiled for the types of its arguments when the module is imported. Its whole numbers have 64 bits and do not grow.
"""

from __future__ import annotations

from numba import njit


@njit("int64(int64, int64, int64)")
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
