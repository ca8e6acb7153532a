"""`asyncio.timeout` reaches everything that is awaited within it, and is handed on by nobody."""

import asyncio
from collections.abc import Awaitable, Callable


async def greet_in_time(patience: float, ask: Callable[[], Awaitable[str]]) -> str:
    async with asyncio.timeout(patience):
        return await greet(ask)


async def greet(ask: Callable[[], Awaitable[str]]) -> str:
    return f"Hello, {await ask()}"
