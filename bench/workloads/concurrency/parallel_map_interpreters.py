"""Digests of large texts on an InterpreterPoolExecutor: each text is copied from one interpreter to the other."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Any

from bench.workloads.concurrency.digests import digest, texts
from bench.workloads.concurrency.workers import start


def prepare(workers: int, count: int, size: int) -> dict[str, Any]:
    from concurrent.futures import InterpreterPoolExecutor  # type: ignore[attr-defined]  # noqa: PLC0415 - new in 3.14

    pool = InterpreterPoolExecutor(workers)
    start(pool, workers)
    return {"pool": pool, "arguments": texts(count, size)}


def run(pool: Executor, arguments: list[bytes]) -> list[str]:
    return list(pool.map(digest, arguments))
