"""Floating-point numbers that both languages draw alike. The Go twin is the package `uniform`.

A linear congruential generator modulo 2 to the 32nd, with the factors of Numerical Recipes. Each number is a whole number below
that divided by it, which is exact.
"""

from __future__ import annotations

MODULUS = 1 << 32


def uniform(count: int, seed: int) -> list[float]:
    """Return `count` numbers from 0 to below 1."""
    state = seed
    numbers = []
    for _ in range(count):
        state = (state * 1_664_525 + 1_013_904_223) % MODULUS
        numbers.append(state / MODULUS)
    return numbers
