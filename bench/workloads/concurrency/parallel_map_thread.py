"""Digests of large texts on a ThreadPoolExecutor: a worker gets a reference, and nothing is copied."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.workloads.concurrency.digests import digest, texts
from bench.workloads.concurrency.workers import start


def prepare(workers: int, count: int, size: int) -> dict[str, Any]:
    pool = ThreadPoolExecutor(workers)
    start(pool, workers)
    return {"pool": pool, "arguments": texts(count, size)}


def run(pool: ThreadPoolExecutor, arguments: list[bytes]) -> list[str]:
    return list(pool.map(digest, arguments))
