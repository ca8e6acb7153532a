"""Starts many tasks that each sleep, again and again, and says how late they woke up: a heap of timers in asyncio's own loop."""

from __future__ import annotations

import asyncio
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.workloads.report import Mark


def run(mark: Mark, sleeps: int, milliseconds: int, rounds: int) -> int:
    return observe(mark, sleeps, milliseconds, rounds, None)


def observe(
    mark: Mark, sleeps: int, milliseconds: int, rounds: int, loop_factory: Callable[[], asyncio.AbstractEventLoop] | None
) -> int:
    late: list[float] = []
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        for _ in range(rounds):
            late += runner.run(fan_out(sleeps, milliseconds / 1000))
    late.sort()
    last = len(late) - 1
    mark("done", p50=late[last * 50 // 100], p99=late[last * 99 // 100], max=late[last])
    return len(late)


async def fan_out(sleeps: int, seconds: float) -> list[float]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(lateness(seconds)) for _ in range(sleeps)]
    return [task.result() for task in tasks]


async def lateness(seconds: float) -> float:
    start = time.perf_counter()
    await asyncio.sleep(seconds)
    return time.perf_counter() - start - seconds
