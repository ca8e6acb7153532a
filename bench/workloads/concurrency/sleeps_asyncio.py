"""Starts many tasks that each sleep, and waits for all of them: a heap of timers in asyncio's own loop, which is Python."""

from __future__ import annotations

import asyncio
from typing import Any


def prepare(sleeps: int, milliseconds: int) -> dict[str, Any]:
    return {"runner": asyncio.Runner(), "sleeps": sleeps, "milliseconds": milliseconds}


def run(runner: asyncio.Runner, sleeps: int, milliseconds: int) -> int:
    return runner.run(fan_out(sleeps, milliseconds))


async def fan_out(sleeps: int, milliseconds: int) -> int:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(nap(milliseconds)) for _ in range(sleeps)]
    return sum(task.result() for task in tasks)


async def nap(milliseconds: int) -> int:
    await asyncio.sleep(milliseconds / 1000)
    return 1
