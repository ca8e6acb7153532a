"""The first answer counts; the tasks that are still waiting are cancelled, here or at the latest when the loop ends."""

import asyncio
from collections.abc import Coroutine


async def first(*sources: Coroutine[None, None, str]) -> str:
    tasks = [asyncio.create_task(source) for source in sources]
    done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    return done.pop().result()
