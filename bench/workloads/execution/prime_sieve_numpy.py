"""The primes below a limit by the sieve of Eratosthenes: an array of NumPy, whose C code strikes out.

The rule for every tier: one flag a number, and of each prime all multiples from its square on.
"""

from __future__ import annotations

from math import isqrt

import numpy as np


def run(limit: int) -> int:
    """Return the number of primes below the limit."""
    is_prime = np.ones(limit, dtype=np.bool_)
    is_prime[:2] = False
    for number in range(2, isqrt(limit - 1) + 1):
        if is_prime[number]:
            is_prime[number * number :: number] = False
    return int(np.count_nonzero(is_prime))
