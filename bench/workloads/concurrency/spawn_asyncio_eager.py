"""As spawn_asyncio, with eager tasks: each begins at once where it is made, and comes into the loop's queue only if it waits."""

from __future__ import annotations

import asyncio

from bench.workloads.concurrency.spawn_asyncio import run

__all__ = ["prepare", "run"]


def prepare(count: int) -> dict[str, object]:
    return {"runner": asyncio.Runner(loop_factory=eager_loop), "count": count}


def eager_loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    loop.set_task_factory(asyncio.eager_task_factory)  # type: ignore[attr-defined]
    return loop
