"""Starts many tasks that each sleep, and waits for all of them: a heap of timers in asyncio's own loop, which is Python."""

from __future__ import annotations

import asyncio

from bench.workloads.concurrency.observed import waits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.workloads.report import Mark


def run(mark: Mark, sleeps: int, milliseconds: int, rounds: int) -> int:
    return observe(mark, sleeps, milliseconds, rounds, None)


def observe(
    mark: Mark, sleeps: int, milliseconds: int, rounds: int, loop_factory: Callable[[], asyncio.AbstractEventLoop] | None
) -> int:
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        return waits(mark, lambda: runner.run(fan_out(sleeps, milliseconds)), milliseconds / 1000, rounds)


async def fan_out(sleeps: int, milliseconds: int) -> int:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(nap(milliseconds)) for _ in range(sleeps)]
    return sum(task.result() for task in tasks)


async def nap(milliseconds: int) -> int:
    await asyncio.sleep(milliseconds / 1000)
    return 1
