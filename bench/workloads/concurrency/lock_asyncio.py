"""Takes a lock of tasks that nobody else wants, adds one to a counter, and releases it, again and again. The lock is Python."""

from __future__ import annotations

import asyncio

from bench.workloads.concurrency.counter import Counter


def prepare(count: int) -> dict[str, object]:
    return {"runner": asyncio.Runner(), "count": count}


async def add(counter: Counter[asyncio.Lock], count: int) -> int:
    for _ in range(count):
        async with counter.lock:
            counter.value += 1
    return counter.value


def run(runner: asyncio.Runner, count: int) -> int:
    return runner.run(add(Counter(asyncio.Lock()), count))
