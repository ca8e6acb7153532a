"""A queue hands numbers from task to task, and has no end: whoever puts them in says with `None` that there are no more."""

import asyncio


async def produce(numbers: asyncio.Queue[int | None], count: int) -> None:
    for number in range(1, count + 1):
        await numbers.put(number)
    await numbers.put(None)


async def pair(numbers: asyncio.Queue[int | None]) -> tuple[int, int] | None:
    if (first := await numbers.get()) is None or (second := await numbers.get()) is None:
        return None
    return first, second
