"""Processor-bound jobs on a ThreadPoolExecutor: each worker is a thread of the operating system.

The interpreter's lock, where it has one, lets one of them at a time run bytecode.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.workloads.concurrency.primes import count_primes
from bench.workloads.concurrency.workers import start


def prepare(workers: int, jobs: int, bound: int) -> dict[str, Any]:
    pool = ThreadPoolExecutor(workers)
    start(pool, workers)
    return {"pool": pool, "jobs": jobs, "bound": bound}


def run(pool: ThreadPoolExecutor, jobs: int, bound: int) -> int:
    return sum(pool.map(count_primes, [bound] * jobs))
