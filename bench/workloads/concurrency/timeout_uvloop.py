"""Lets many tasks run into a timeout each, the same tasks in another loop: uvloop, which is Cython over libuv."""

from __future__ import annotations

import asyncio
from typing import Any

import uvloop

from bench.workloads.concurrency import timeout_asyncio


def prepare(waiting: int, milliseconds: int) -> dict[str, Any]:
    return {"runner": asyncio.Runner(loop_factory=uvloop.new_event_loop), "waiting": waiting, "milliseconds": milliseconds}


def run(runner: asyncio.Runner, waiting: int, milliseconds: int) -> int:
    return timeout_asyncio.run(runner, waiting, milliseconds)
