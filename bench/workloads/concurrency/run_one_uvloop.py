"""One coroutine on an event loop of its own, uvloop's: `uvloop.run` makes the loop, runs `main` in a task and closes the loop."""

from __future__ import annotations

import uvloop


async def double(number: int) -> int:
    return 2 * number


async def main(number: int) -> int:
    return await double(number)


def run(number: int) -> int:
    return uvloop.run(main(number))
