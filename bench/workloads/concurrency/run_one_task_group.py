"""One coroutine in a task of its own: `main` starts it in a group, and the group waits for it.

Between the two, `main` could start others, which would be concurrent.
"""

from __future__ import annotations

import asyncio


async def double(number: int) -> int:
    return 2 * number


async def main(number: int) -> int:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(double(number))
    return task.result()


def run(number: int) -> int:
    return asyncio.run(main(number))
