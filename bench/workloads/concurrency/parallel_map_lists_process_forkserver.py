"""Sums over large lists on a ProcessPoolExecutor (forkserver): each list is pickled, goes through a pipe and is made anew."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from bench.workloads.concurrency.lists import numbers, squares
from bench.workloads.concurrency.workers import start


def prepare(workers: int, count: int, size: int) -> dict[str, Any]:
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("forkserver"))
    start(pool, workers)
    return {"pool": pool, "arguments": numbers(count, size)}


def run(pool: ProcessPoolExecutor, arguments: list[list[int]]) -> list[int]:
    return list(pool.map(squares, arguments))
