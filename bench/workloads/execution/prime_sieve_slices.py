"""The primes below a limit by the sieve of Eratosthenes: an array of bytes, and C code in the interpreter strikes out.

Bytecode says once for each prime which slice of the array to clear; a loop over its bytes is none of it.

The rule for every tier: one flag a number, and of each prime all multiples from its square on.
"""

from __future__ import annotations

from math import isqrt


def run(limit: int) -> int:
    """Return the number of primes below the limit."""
    is_prime = bytearray(b"\1") * limit
    is_prime[:2] = b"\0\0"
    for number in range(2, isqrt(limit - 1) + 1):
        if is_prime[number]:
            multiples = range(number * number, limit, number)
            is_prime[multiples.start :: number] = bytes(len(multiples))
    return is_prime.count(1)
