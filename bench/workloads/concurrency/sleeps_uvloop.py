"""Starts many tasks that each sleep, the same tasks in another loop: uvloop, which is Cython over libuv."""

from __future__ import annotations

import asyncio
from typing import Any

import uvloop

from bench.workloads.concurrency import sleeps_asyncio


def prepare(sleeps: int, milliseconds: int) -> dict[str, Any]:
    return {"runner": asyncio.Runner(loop_factory=uvloop.new_event_loop), "sleeps": sleeps, "milliseconds": milliseconds}


def run(runner: asyncio.Runner, sleeps: int, milliseconds: int) -> int:
    return sleeps_asyncio.run(runner, sleeps, milliseconds)
