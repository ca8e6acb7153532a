"""Starts many tasks that wait for a reply that never comes, each with a timeout of its own, and waits until all have given up."""

from __future__ import annotations

import asyncio
from typing import Any


def prepare(waiting: int, milliseconds: int) -> dict[str, Any]:
    return {"runner": asyncio.Runner(), "waiting": waiting, "milliseconds": milliseconds}


def run(runner: asyncio.Runner, waiting: int, milliseconds: int) -> int:
    return runner.run(fan_out(waiting, milliseconds / 1000))


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
