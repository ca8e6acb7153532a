"""A cache of fixed capacity that drops what was not asked for the longest: `functools.lru_cache`, which is C."""

from __future__ import annotations

from functools import lru_cache

from bench.workloads.execution.integers import integers


def load(key: int) -> int:
    return key % 1000


def prepare(keys: bytes, capacity: int) -> dict[str, list[int] | int]:
    decoded = integers(keys)
    if capacity < 1 or min(decoded, default=0) < 0:
        raise ValueError("a cache without room, or a negative key")
    return {"keys": decoded, "capacity": capacity}


def run(keys: list[int], capacity: int) -> list[int]:
    """Return the hits, the misses, and the sum of the values."""
    get = lru_cache(maxsize=capacity)(load)
    total = 0
    for key in keys:
        total += get(key)
    state = get.cache_info()
    return [state.hits, state.misses, total]
