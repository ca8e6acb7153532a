"""Digests of large texts on a ProcessPoolExecutor (fork): each text is pickled, goes through a pipe and is made anew."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from bench.workloads.concurrency.digests import digest, texts
from bench.workloads.concurrency.workers import start


def prepare(workers: int, count: int, size: int) -> dict[str, Any]:
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork"))
    start(pool, workers)
    return {"pool": pool, "arguments": texts(count, size)}


def run(pool: ProcessPoolExecutor, arguments: list[bytes]) -> list[str]:
    return list(pool.map(digest, arguments))
