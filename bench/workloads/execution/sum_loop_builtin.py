"""The sum of the whole numbers below n: the built-in `sum` adds each of them, in C."""

from __future__ import annotations


def run(n: int) -> int:
    return sum(range(n))
