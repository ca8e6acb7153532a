"""Digests of large texts on a ProcessPoolExecutor (forkserver): each text is copied into memory that all processes see.

Only the place of a text is pickled.
"""

from __future__ import annotations

import atexit
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.shared_memory import SharedMemory
from typing import Any

from bench.workloads.concurrency.digests import digest, texts
from bench.workloads.concurrency.workers import start

block: SharedMemory
"""A worker's view of the memory."""


def attach(name: str) -> None:
    global block  # noqa: PLW0603 - a worker attaches once, and its jobs are functions
    block = SharedMemory(name)


def digest_between(first: int, end: int) -> str:
    with block.buf[first:end] as text:  # type: ignore[index]  # it is open
        return digest(text)


def prepare(workers: int, count: int, size: int) -> dict[str, Any]:
    memory = SharedMemory(create=True, size=count * size)
    atexit.register(memory.unlink)
    context = multiprocessing.get_context("forkserver")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=attach, initargs=(memory.name,))
    start(pool, workers)
    return {"pool": pool, "memory": memory, "arguments": texts(count, size)}


def run(pool: ProcessPoolExecutor, memory: SharedMemory, arguments: list[bytes]) -> list[str]:
    digests = []
    end = 0
    for text in arguments:
        first, end = end, end + len(text)
        memory.buf[first:end] = text  # type: ignore[index]  # it is open
        digests.append(pool.submit(digest_between, first, end))
    return [future.result() for future in digests]
