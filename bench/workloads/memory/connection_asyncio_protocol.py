"""Connections that have answered one byte, by an asyncio protocol, which has no task: the event loop calls it when bytes come.

A connection has a transport and a protocol, which are bytecode, on asyncio's own event loop. The other ends are the companion's.
"""

from __future__ import annotations

import asyncio
from typing import cast

from bench.workloads.memory.connection_asyncio_streams import BACKLOG, connect

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


class Reception:
    """Counts the bytes of all connections."""

    def __init__(self) -> None:
        self.received = 0


class Connection(asyncio.Protocol):
    """One connection, which sends back what comes."""

    transport: asyncio.Transport

    def __init__(self, reception: Reception) -> None:
        self.reception = reception

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self.reception.received += len(data)
        self.transport.write(data)


async def hold(mark: Mark, count: int) -> int:
    loop = asyncio.get_running_loop()
    reception = Reception()
    server = await loop.create_server(lambda: Connection(reception), "127.0.0.1", 0, backlog=BACKLOG)
    companion = await connect(server.sockets[0].getsockname()[1], count)
    mark("held")
    companion.close()
    return reception.received


def run(mark: Mark, count: int) -> int:
    """Return how many bytes came: one from each connection."""
    return asyncio.run(hold(mark, count))
