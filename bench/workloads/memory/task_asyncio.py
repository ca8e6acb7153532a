"""Asyncio tasks that wait for one event. Tasks, their futures and the event loop's bookkeeping are C and bytecode by turns.

`asyncio.Event` is the counterpart of a channel that Go closes: all that wait go on. Each waiting task has a future of its own.
"""

from __future__ import annotations

import asyncio

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


async def wait(release: asyncio.Event) -> int:
    await release.wait()
    return 1


async def hold(mark: Mark, count: int) -> int:
    release = asyncio.Event()
    tasks = [asyncio.create_task(wait(release)) for _ in range(count)]
    await asyncio.sleep(0)  # the loop runs them in order: each waits before this goes on
    mark("held")
    release.set()
    return sum(await asyncio.gather(*tasks))


def run(mark: Mark, count: int) -> int:
    """Return how many tasks went on after the event."""
    return asyncio.run(hold(mark, count))
