"""Cancels many tasks that wait, the same tasks in another loop: uvloop, which is Cython over libuv."""

from __future__ import annotations

import asyncio
from typing import Any

import uvloop

from bench.workloads.concurrency import cancel_asyncio


def prepare(waiting: int) -> dict[str, Any]:
    return {"runner": asyncio.Runner(loop_factory=uvloop.new_event_loop), "waiting": waiting}


def run(runner: asyncio.Runner, waiting: int) -> int:
    return cancel_asyncio.run(runner, waiting)
