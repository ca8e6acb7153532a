"""Echoes with an asyncio protocol: the loop calls a method with what has arrived. asyncio's own loop, in Python, over epoll."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from bench.workloads.concurrency.echo_loop import Serving, serving


def prepare(connections: int, rounds: int) -> dict[str, Any]:
    return {"server": serving(start, connections), "rounds": rounds}


def run(server: Serving, rounds: int) -> int:
    return server.rounds(rounds)


async def start() -> asyncio.Server:
    return await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", 0, backlog=1024)


class Echo(asyncio.Protocol):
    """Sends back on its connection what comes in."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Send it back."""
        self.transport.write(data)
