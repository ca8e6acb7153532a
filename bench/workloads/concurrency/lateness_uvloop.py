"""Starts many tasks that each sleep, again and again, and says how late they woke up: uvloop's timers, which are libuv's."""

from __future__ import annotations

import uvloop

from bench.workloads.concurrency import lateness_asyncio

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


def run(mark: Mark, sleeps: int, milliseconds: int, rounds: int) -> int:
    return lateness_asyncio.observe(mark, sleeps, milliseconds, rounds, uvloop.new_event_loop)
