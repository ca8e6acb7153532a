"""The processor-bound job of the pools: primes counted by trial division; bytecode and small integers only."""

from __future__ import annotations


def count_primes(bound: int, first: int = 2) -> int:
    """Count the primes from `first` to below `bound`."""
    found = 0
    for number in range(first, bound):
        divisor = 2
        while divisor * divisor <= number:
            if number % divisor == 0:
                break
            divisor += 1
        else:
            found += 1
    return found
