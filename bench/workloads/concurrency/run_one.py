"""One coroutine on an event loop of its own: `asyncio.run` makes the loop, runs `main` in a task and closes the loop.

To await a coroutine runs it as part of the task that awaits: nothing here is concurrent.
"""

from __future__ import annotations

import asyncio


async def double(number: int) -> int:
    return 2 * number


async def main(number: int) -> int:
    return await double(number)


def run(number: int) -> int:
    return asyncio.run(main(number))
