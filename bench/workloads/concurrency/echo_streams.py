"""Echoes with asyncio's streams: a coroutine for each connection reads and writes. asyncio's own loop, in Python, over epoll."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from bench.workloads.concurrency.echo_loop import Serving, serving


def prepare(connections: int, rounds: int) -> dict[str, Any]:
    return {"server": serving(start, connections), "rounds": rounds}


def run(server: Serving, rounds: int) -> int:
    return server.rounds(rounds)


async def start() -> asyncio.Server:
    return await asyncio.start_server(echo, "127.0.0.1", 0, backlog=1024)


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(4096):
            writer.write(data)
            await writer.drain()
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()
