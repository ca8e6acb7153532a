"""Makes many HTTP requests at once with aiohttp, a task for each, over connections that stay open.

aiohttp parses answers in C; the loop is asyncio's own.
"""

from __future__ import annotations

import asyncio
import atexit
import os
from collections.abc import Callable
from typing import Any, NamedTuple

import aiohttp


class Upstream(NamedTuple):
    """A client with open connections, the address that it asks, and how often."""

    runner: asyncio.Runner
    session: aiohttp.ClientSession
    url: str
    calls: int


def prepare(calls: int, milliseconds: int) -> dict[str, Any]:
    return {"upstream": connected(calls, milliseconds)}


def connected(calls: int, milliseconds: int, loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None) -> Upstream:
    """Open the connections: make one fan-out."""
    runner = asyncio.Runner(loop_factory=loop_factory)
    session = runner.run(client(calls))
    upstream = Upstream(runner, session, f"http://{os.environ['UPSTREAM']}/?ms={milliseconds}", calls)
    run(upstream)
    atexit.register(lambda: runner.run(session.close()))
    return upstream


async def client(calls: int) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=calls), timeout=aiohttp.ClientTimeout(total=30))


def run(upstream: Upstream) -> int:
    return upstream.runner.run(fan_out(upstream))


async def fan_out(upstream: Upstream) -> int:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call(upstream.session, upstream.url)) for _ in range(upstream.calls)]
    return sum(task.result() == b"ok\n" for task in tasks)


async def call(session: aiohttp.ClientSession, url: str) -> bytes:
    async with session.get(url) as response:
        return await response.read()
