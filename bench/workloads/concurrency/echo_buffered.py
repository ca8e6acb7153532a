"""Echoes with an asyncio protocol that lends the loop a buffer to read into. asyncio's own loop, in Python, over epoll."""

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


class Echo(asyncio.BufferedProtocol):
    """Sends back on its connection what comes in."""

    def __init__(self) -> None:
        self.buffer = bytearray(4096)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection."""
        self.transport = cast("asyncio.Transport", transport)

    def get_buffer(self, sizehint: int) -> bytearray:  # noqa: ARG002 - the loop calls it so
        """Lend the buffer."""
        return self.buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Send back what is in it; what the kernel does not take at once must be a copy, as the buffer is used again."""
        self.transport.write(self.buffer[:nbytes])
