"""Starts tasks that each return a number, waits for all of them, and adds up what they returned.

Tasks are C, their group and the loop that runs them are Python.
"""

from __future__ import annotations

import asyncio


def prepare(count: int) -> dict[str, object]:
    return {"runner": asyncio.Runner(), "count": count}


async def number(n: int) -> int:
    return n


async def spawn(count: int) -> int:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(number(n)) for n in range(count)]
    return sum(task.result() for task in tasks)


def run(runner: asyncio.Runner, count: int) -> int:
    return runner.run(spawn(count))
