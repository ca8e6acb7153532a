"""Asyncio tasks that have answered one byte and wait for more, each by asyncio's streams on a connection of its own.

A connection has a transport, a protocol, a reader and a writer; they are bytecode. The other ends are the companion's.
"""

from __future__ import annotations

import asyncio
import os

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark

BACKLOG = 4096  # as Go's listener, which asks the kernel for its limit: none of a burst of connections is refused


async def hold(mark: Mark, count: int) -> int:
    received = 0

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal received
        while data := await reader.read(512):
            received += len(data)
            writer.write(data)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, backlog=BACKLOG)
    companion = await connect(server.sockets[0].getsockname()[1], count)
    mark("held")
    companion.close()
    return received


async def connect(port: int, count: int) -> asyncio.StreamWriter:
    """Have the companion open connections, and send a byte on each and get it back, until what is returned is closed.

    Raises:
        ConnectionError: it could not.
    """
    host, _, load = os.environ["LOAD"].rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(load))
    writer.write(b"connect %d %d echo\n" % (port, count))
    answer = await reader.readline()
    if answer != b"connected %d\n" % count:
        raise ConnectionError(f"the companion answers {answer!r}")
    return writer


def run(mark: Mark, count: int) -> int:
    """Return how many bytes came: one from each connection."""
    return asyncio.run(hold(mark, count))
