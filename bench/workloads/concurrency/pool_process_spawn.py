"""Processor-bound jobs on a ProcessPoolExecutor: each worker is a process, a Python that was started anew.

A job and its result are pickled and pass through pipes.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from bench.workloads.concurrency.primes import count_primes
from bench.workloads.concurrency.workers import start


def prepare(workers: int, jobs: int, bound: int) -> dict[str, Any]:
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    start(pool, workers)
    return {"pool": pool, "jobs": jobs, "bound": bound}


def run(pool: ProcessPoolExecutor, jobs: int, bound: int) -> int:
    return sum(pool.map(count_primes, [bound] * jobs))
