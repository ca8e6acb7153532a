"""Asyncio tasks that have answered one byte and wait for more, each by asyncio's streams on uvloop, whose transports are C.

The program is otherwise that of asyncio's own event loop.
"""

from __future__ import annotations

import asyncio

import uvloop

from bench.workloads.memory.connection_asyncio_streams import hold

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


def run(mark: Mark, count: int) -> int:
    """Return how many bytes came: one from each connection."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(hold(mark, count))
