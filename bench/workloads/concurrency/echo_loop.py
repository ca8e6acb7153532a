"""Starts an echo server in an event loop and has its clients connect; then the loop serves while it waits for their report."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple

from bench.workloads.concurrency.echo_clients import Clients

Start = Callable[[], Coroutine[Any, Any, asyncio.Server]]
LoopFactory = Callable[[], asyncio.AbstractEventLoop]


class Serving(NamedTuple):
    """A loop with a server in it, and that server's clients."""

    runner: asyncio.Runner
    server: asyncio.Server
    clients: Clients

    def rounds(self, count: int) -> int:
        """Serve until every client has made its round trips; return how many were right."""
        return self.runner.run(self.clients.rounds(count))


def serving(start: Start, connections: int, loop_factory: LoopFactory | None = None) -> Serving:
    """Return a server with its clients."""
    runner = asyncio.Runner(loop_factory=loop_factory)
    server, clients = runner.run(_connected(start, connections))
    atexit.register(lambda: runner.run(_ended(server, clients)))
    return Serving(runner, server, clients)


async def _connected(start: Start, connections: int) -> tuple[asyncio.Server, Clients]:
    server = await start()
    return server, await Clients.connect(server.sockets[0].getsockname()[1], connections)


async def _ended(server: asyncio.Server, clients: Clients) -> None:
    """Let every connection end by itself: a loop that is left with tasks complains of each."""
    serving = asyncio.all_tasks()
    server.close()
    await clients.close()
    await asyncio.gather(*(task for task in serving if task is not asyncio.current_task()))
    await server.wait_closed()
