"""A task makes numbers, two compute their digit sums, one adds these up; queues of a hundred places hold back whoever is ahead.

The queues are Python. A None says that nothing more comes.
"""

from __future__ import annotations

import asyncio

from bench.workloads.concurrency.digits import digit_sum

WORKERS = 2
PLACES = 100
Queue = asyncio.Queue[int | None]


def prepare(items: int) -> dict[str, object]:
    return {"runner": asyncio.Runner(), "items": items}


async def produce(numbers: Queue, items: int) -> None:
    for n in range(items):
        await numbers.put(n)
    for _ in range(WORKERS):
        await numbers.put(None)


async def work(numbers: Queue, sums: Queue) -> None:
    while (n := await numbers.get()) is not None:
        await sums.put(digit_sum(n))
    await sums.put(None)


async def consume(sums: Queue) -> int:
    total = 0
    for _ in range(WORKERS):
        while (found := await sums.get()) is not None:
            total += found
    return total


async def pipeline(items: int) -> int:
    numbers, sums = Queue(PLACES), Queue(PLACES)
    async with asyncio.TaskGroup() as group:
        group.create_task(produce(numbers, items))
        for _ in range(WORKERS):
            group.create_task(work(numbers, sums))
        return await consume(sums)


def run(runner: asyncio.Runner, items: int) -> int:
    return runner.run(pipeline(items))
