"""The first answer counts. The tasks that still wait are cancelled, and the group ends when they have ended."""

import asyncio
from collections.abc import Coroutine


async def first(*sources: Coroutine[None, None, str]) -> str:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(source) for source in sources]
        done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
    return done.pop().result()
