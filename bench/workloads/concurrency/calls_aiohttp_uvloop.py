"""Makes many HTTP requests at once with aiohttp, the same client in another loop: uvloop, which is Cython over libuv."""

from __future__ import annotations

from typing import Any

import uvloop

from bench.workloads.concurrency import calls_aiohttp


def prepare(calls: int, milliseconds: int) -> dict[str, Any]:
    return {"upstream": calls_aiohttp.connected(calls, milliseconds, uvloop.new_event_loop)}


def run(upstream: calls_aiohttp.Upstream) -> int:
    return calls_aiohttp.run(upstream)
