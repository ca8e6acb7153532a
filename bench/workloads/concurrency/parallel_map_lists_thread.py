"""Sums over large lists on a ThreadPoolExecutor: a worker gets a reference, and nothing is copied."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.workloads.concurrency.lists import numbers, squares
from bench.workloads.concurrency.workers import start


def prepare(workers: int, count: int, size: int) -> dict[str, Any]:
    pool = ThreadPoolExecutor(workers)
    start(pool, workers)
    return {"pool": pool, "arguments": numbers(count, size)}


def run(pool: ThreadPoolExecutor, arguments: list[list[int]]) -> list[int]:
    return list(pool.map(squares, arguments))
