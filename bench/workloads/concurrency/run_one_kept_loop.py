"""One coroutine in a task of its own, on an event loop that is there already, as it is in a service: what is left is the task."""

from __future__ import annotations

import asyncio
from typing import Any


async def double(number: int) -> int:
    return 2 * number


async def main(number: int) -> int:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(double(number))
    return task.result()


def prepare(number: int) -> dict[str, Any]:
    return {"runner": asyncio.Runner(), "number": number}


def run(runner: asyncio.Runner, number: int) -> int:
    return runner.run(main(number))
