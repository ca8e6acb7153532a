"""Makes many HTTP requests at once with aiohttp, a task for each, over connections that stay open.

aiohttp parses answers in C; the loop is asyncio's own.
"""

from __future__ import annotations

import asyncio
import os
from typing import NamedTuple

import aiohttp

from bench.workloads.concurrency.observed import waits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.workloads.report import Mark


class Upstream(NamedTuple):
    """A client that keeps its connections, the address that it asks, and how often."""

    session: aiohttp.ClientSession
    url: str
    calls: int


def run(mark: Mark, calls: int, milliseconds: int, rounds: int) -> int:
    return observe(mark, calls, milliseconds, rounds, None)


def observe(
    mark: Mark, calls: int, milliseconds: int, rounds: int, loop_factory: Callable[[], asyncio.AbstractEventLoop] | None
) -> int:
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        session = runner.run(client(calls))
        upstream = Upstream(session, f"http://{os.environ['UPSTREAM']}/?ms={milliseconds}", calls)
        answer = waits(mark, lambda: runner.run(fan_out(upstream)), milliseconds / 1000, rounds)
        runner.run(session.close())
    return answer


async def client(calls: int) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=calls), timeout=aiohttp.ClientTimeout(total=30))


async def fan_out(upstream: Upstream) -> int:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call(upstream.session, upstream.url)) for _ in range(upstream.calls)]
    return sum(task.result() == b"ok\n" for task in tasks)


async def call(session: aiohttp.ClientSession, url: str) -> bytes:
    async with session.get(url) as response:
        return await response.read()
