"""Sums over large lists on an InterpreterPoolExecutor: each list is pickled for the other interpreter and is made anew there."""

from __future__ import annotations

from concurrent.futures import Executor
from typing import Any

from bench.workloads.concurrency.lists import numbers, squares
from bench.workloads.concurrency.workers import start


def prepare(workers: int, count: int, size: int) -> dict[str, Any]:
    from concurrent.futures import InterpreterPoolExecutor  # type: ignore[attr-defined]  # noqa: PLC0415 - new in 3.14

    pool = InterpreterPoolExecutor(workers)
    start(pool, workers)
    return {"pool": pool, "arguments": numbers(count, size)}


def run(pool: Executor, arguments: list[list[int]]) -> list[int]:
    return list(pool.map(squares, arguments))
