"""Starts many tasks that wait for a reply that never comes, each with a timeout of its own, and waits until all have given up."""

from __future__ import annotations

import asyncio

from bench.workloads.concurrency.observed import waits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.workloads.report import Mark


def run(mark: Mark, waiting: int, milliseconds: int, rounds: int) -> int:
    return observe(mark, waiting, milliseconds, rounds, None)


def observe(
    mark: Mark, waiting: int, milliseconds: int, rounds: int, loop_factory: Callable[[], asyncio.AbstractEventLoop] | None
) -> int:
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        return waits(mark, lambda: runner.run(fan_out(waiting, milliseconds / 1000)), milliseconds / 1000, rounds)


async def fan_out(waiting: int, seconds: float) -> int:
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(gives_up(loop.create_future(), seconds)) for _ in range(waiting)]
    return sum(task.result() for task in tasks)


async def gives_up(reply: asyncio.Future[int], seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await reply
    except TimeoutError:
        return True
    return False
