"""Starts many tasks that wait for a reply that never comes, cancels them once all wait, and waits until all have ended."""

from __future__ import annotations

import asyncio
from typing import Any


def prepare(waiting: int) -> dict[str, Any]:
    return {"runner": asyncio.Runner(), "waiting": waiting}


def run(runner: asyncio.Runner, waiting: int) -> int:
    return runner.run(cancel(waiting))


async def cancel(waiting: int) -> int:
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(receive(loop.create_future())) for _ in range(waiting)]
    await asyncio.sleep(0)  # the loop starts every task, in order, before it comes back to this one
    for task in tasks:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    return sum(isinstance(outcome, asyncio.CancelledError) for outcome in outcomes)


async def receive(reply: asyncio.Future[int]) -> int:
    return await reply
