"""Asyncio tasks that sleep for an hour on uvloop, whose timers are libuv's; the program is that of asyncio's own loop."""

from __future__ import annotations

import asyncio

import uvloop

from bench.workloads.memory.sleeping_asyncio import hold

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


def run(mark: Mark, count: int) -> int:
    """Return how many tasks slept until they were cancelled."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(hold(mark, count))
