"""Operations on a cache that several workers share, and what a worker does with its share of them.

All keys are present from the beginning, and a write stores again what the value of its key is, as a cache does that refreshes
what it holds. So every read finds the same value, in whatever order the workers' turns fall. Go's is the package `operations`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from bench.workloads.execution.integers import integers

Operation = tuple[int, bool]
"""A key, and whether it is written or read."""


class Cache(Protocol):
    """Values by key, which several threads may get and put at the same time."""

    def get(self, key: int) -> int | None: ...
    def put(self, key: int, value: int) -> None: ...


def load(key: int) -> int:
    """Return the value of a key, as the store behind the cache would.

    Values begin at 1000: CPython keeps small numbers for ever and counts no references to them, as it does with other objects.
    """
    return 1000 + key % 1000


def share_out(operations: bytes, workers: int) -> list[list[Operation]]:
    """Return the operations of each worker: every n-th of the sequence, where n workers share it.

    A key that is written has all its bits inverted in the input.
    """
    sequence = [(~number, True) if number < 0 else (number, False) for number in integers(operations)]
    return [sequence[first::workers] for first in range(workers)]


def contents(shares: Iterable[Iterable[Operation]]) -> dict[int, int]:
    """Return key -> value of a cache that has been in use for long: every key of the operations is present."""
    return {key: load(key) for share in shares for key, _ in share}


def serve(cache: Cache, share: Iterable[Operation]) -> tuple[int, int]:
    """Return how many reads have found a value, and the sum of what they found."""
    hits = total = 0
    for key, is_write in share:
        if is_write:
            cache.put(key, load(key))
        elif (value := cache.get(key)) is not None:
            hits += 1
            total += value
    return hits, total
