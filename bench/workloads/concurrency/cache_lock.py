"""Threads that share a dictionary and take its lock for every access, reads as well: what is not atomic needs that."""

from __future__ import annotations

import functools
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

from bench.workloads.concurrency.cache_operations import Operation, contents, serve, share_out
from bench.workloads.concurrency.workers import start


class Cache:
    """Values by key."""

    def __init__(self, values: dict[int, int]) -> None:
        self.values = values
        self.lock = Lock()

    def get(self, key: int) -> int | None:
        with self.lock:
            try:
                return self.values[key]
            except KeyError:
                return None

    def put(self, key: int, value: int) -> None:
        with self.lock:
            self.values[key] = value


def prepare(workers: int, operations: bytes) -> dict[str, Any]:
    shares = share_out(operations, workers)
    pool = ThreadPoolExecutor(workers)
    start(pool, workers)
    return {"pool": pool, "cache": Cache(contents(shares)), "shares": shares}


def run(pool: ThreadPoolExecutor, cache: Cache, shares: list[list[Operation]]) -> list[int]:
    """Return how many reads have found a value, and the sum of what they found."""
    found = pool.map(functools.partial(serve, cache), shares)
    return [sum(numbers) for numbers in zip(*found, strict=True)]
