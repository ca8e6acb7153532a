"""As spawn_asyncio, in uvloop's event loop: libuv, in C, runs the callbacks of the tasks, which stay Python's own."""

from __future__ import annotations

import asyncio

import uvloop

from bench.workloads.concurrency.spawn_asyncio import run

__all__ = ["prepare", "run"]


def prepare(count: int) -> dict[str, object]:
    return {"runner": asyncio.Runner(loop_factory=uvloop.new_event_loop), "count": count}
