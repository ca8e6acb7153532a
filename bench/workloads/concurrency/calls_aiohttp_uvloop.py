"""Makes many HTTP requests at once with aiohttp, the same client in another loop: uvloop, which is Cython over libuv."""

from __future__ import annotations

import uvloop

from bench.workloads.concurrency import calls_aiohttp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


def run(mark: Mark, calls: int, milliseconds: int, rounds: int) -> int:
    return calls_aiohttp.observe(mark, calls, milliseconds, rounds, uvloop.new_event_loop)
