"""A cache of fixed capacity that drops what was not asked for the longest: a class around `OrderedDict`.

The class is bytecode; the dictionary, and the order of its keys, are C.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from bench.workloads.execution.integers import integers


class Cache:
    """Values by key, loaded when they are missing."""

    def __init__(self, capacity: int, load: Callable[[int], int]) -> None:
        self.capacity = capacity
        self.load = load
        self.values: OrderedDict[int, int] = OrderedDict()
        self.hits = 0
        self.misses = 0

    def get(self, key: int) -> int:
        values = self.values
        if key in values:
            self.hits += 1
            values.move_to_end(key)
            return values[key]
        self.misses += 1
        value = self.load(key)
        if len(values) == self.capacity:
            values.popitem(last=False)
        values[key] = value
        return value


def load(key: int) -> int:
    return key % 1000


def prepare(keys: bytes, capacity: int) -> dict[str, list[int] | int]:
    decoded = integers(keys)
    if capacity < 1 or min(decoded, default=0) < 0:
        raise ValueError("a cache without room, or a negative key")
    return {"keys": decoded, "capacity": capacity}


def run(keys: list[int], capacity: int) -> list[int]:
    """Return the hits, the misses, and the sum of the values."""
    cache = Cache(capacity, load)
    total = 0
    for key in keys:
        total += cache.get(key)
    return [cache.hits, cache.misses, total]
