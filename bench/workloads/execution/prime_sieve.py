"""The primes below a limit by the sieve of Eratosthenes: a list of flags, and a loop in Python that strikes out each multiple.

The rule for every tier: one flag a number, and of each prime all multiples from its square on.
"""

from __future__ import annotations

from math import isqrt


def run(limit: int) -> int:
    """Return the number of primes below the limit."""
    is_prime = [True] * limit
    is_prime[:2] = [False, False]
    for number in range(2, isqrt(limit - 1) + 1):
        if is_prime[number]:
            for multiple in range(number * number, limit, number):
                is_prime[multiple] = False
    return sum(is_prime)
