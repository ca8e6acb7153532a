"""Processor-bound jobs on an InterpreterPoolExecutor: each worker is a thread with an interpreter, and so a lock, of its own.

A job and its result are copied from one interpreter to the other.
"""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Any

from bench.workloads.concurrency.primes import count_primes
from bench.workloads.concurrency.workers import start


def prepare(workers: int, jobs: int, bound: int) -> dict[str, Any]:
    from concurrent.futures import InterpreterPoolExecutor  # type: ignore[attr-defined]  # noqa: PLC0415 - new in 3.14

    pool = InterpreterPoolExecutor(workers)
    start(pool, workers)
    return {"pool": pool, "jobs": jobs, "bound": bound}


def run(pool: Executor, jobs: int, bound: int) -> int:
    return sum(pool.map(count_primes, [bound] * jobs))
