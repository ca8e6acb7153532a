"""Lets many tasks run into a timeout each, the same tasks in another loop: uvloop, which is Cython over libuv."""

from __future__ import annotations

import uvloop

from bench.workloads.concurrency import timeout_asyncio

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


def run(mark: Mark, waiting: int, milliseconds: int, rounds: int) -> int:
    return timeout_asyncio.observe(mark, waiting, milliseconds, rounds, uvloop.new_event_loop)
