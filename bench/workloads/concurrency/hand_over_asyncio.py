"""Numbers go to another task and come back, one at a time, through two queues, which are Python. The answer is their sum."""

from __future__ import annotations

import asyncio


def prepare(trips: int) -> dict[str, object]:
    return {"runner": asyncio.Runner(), "trips": trips}


async def echo(there: asyncio.Queue[int], back: asyncio.Queue[int], trips: int) -> None:
    for _ in range(trips):
        await back.put(await there.get())


async def hand_over(trips: int) -> int:
    there: asyncio.Queue[int] = asyncio.Queue()
    back: asyncio.Queue[int] = asyncio.Queue()
    total = 0
    async with asyncio.TaskGroup() as group:
        group.create_task(echo(there, back, trips))
        for n in range(trips):
            await there.put(n)
            total += await back.get()
    return total


def run(runner: asyncio.Runner, trips: int) -> int:
    return runner.run(hand_over(trips))
