"""Asyncio tasks that sleep for an hour: each has a coroutine, a future, and a timer in the event loop's heap."""

from __future__ import annotations

import asyncio

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


async def sleep() -> None:
    await asyncio.sleep(3600)


async def hold(mark: Mark, count: int) -> int:
    tasks = [asyncio.create_task(sleep()) for _ in range(count)]
    await asyncio.sleep(0)  # the loop runs them in order: each sleeps before this goes on
    mark("held")
    for task in tasks:
        task.cancel()
    ends = await asyncio.gather(*tasks, return_exceptions=True)
    return sum(isinstance(end, asyncio.CancelledError) for end in ends)


def run(mark: Mark, count: int) -> int:
    """Return how many tasks slept until they were cancelled."""
    return asyncio.run(hold(mark, count))
