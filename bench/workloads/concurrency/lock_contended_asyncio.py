"""Tasks that take one lock, to add one to one counter, again and again. The answer is what the counter says at the end.

A task gives way only where it has to wait. None does so while it has the lock, so none ever waits for it.
"""

from __future__ import annotations

import asyncio

from bench.workloads.concurrency.counter import Counter


def prepare(workers: int, count: int) -> dict[str, object]:
    return {"runner": asyncio.Runner(), "workers": workers, "count": count}


async def add(counter: Counter[asyncio.Lock], count: int) -> None:
    for _ in range(count):
        async with counter.lock:
            counter.value += 1


async def contend(workers: int, count: int) -> int:
    counter = Counter(asyncio.Lock())
    async with asyncio.TaskGroup() as group:
        for _ in range(workers):
            group.create_task(add(counter, count))
    return counter.value


def run(runner: asyncio.Runner, workers: int, count: int) -> int:
    return runner.run(contend(workers, count))
