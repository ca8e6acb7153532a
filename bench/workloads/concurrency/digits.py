"""A small piece of work for a worker: the sum of a number's decimal digits, by division."""

from __future__ import annotations


def digit_sum(n: int) -> int:
    total = 0
    while n:
        n, digit = divmod(n, 10)
        total += digit
    return total
