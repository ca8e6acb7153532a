"""The sum of the whole numbers below n: a loop in Python adds each of them."""

from __future__ import annotations


def run(n: int) -> int:
    total = 0
    for number in range(n):
        total += number
    return total
