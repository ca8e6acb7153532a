"""Starts many tasks that each sleep, the same tasks in another loop: uvloop, which is Cython over libuv."""

from __future__ import annotations

import uvloop

from bench.workloads.concurrency import sleeps_asyncio

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


def run(mark: Mark, sleeps: int, milliseconds: int, rounds: int) -> int:
    return sleeps_asyncio.observe(mark, sleeps, milliseconds, rounds, uvloop.new_event_loop)
