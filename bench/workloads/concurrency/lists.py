"""Large arguments of objects, and the light work on each: a sum of squares, in bytecode."""

from __future__ import annotations


def numbers(count: int, size: int) -> list[list[int]]:
    """Return so many lists of `size` whole numbers: the first from 0 on, the second from 1 on."""
    return [list(range(first, first + size)) for first in range(count)]


def squares(values: list[int]) -> int:
    total = 0
    for value in values:
        total += value * value
    return total
