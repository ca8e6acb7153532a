"""Commands the clients of a server in this process, which run elsewhere: the protocol is go_examples/internal/companion's."""

from __future__ import annotations

import asyncio
import os
import socket


def address() -> tuple[str, int]:
    """Return where the clients take commands; the harness says so."""
    host, _, port = os.environ["LOAD"].partition(":")
    return host, int(port)


def number(answer: bytes, expected: str) -> int:
    """Return the number in an answer that begins as expected.

    Raises:
        RuntimeError: it begins otherwise; the message has what the clients say.
    """
    name, _, text = answer.decode().strip().partition(" ")
    if name != expected:
        raise RuntimeError(f"the clients answer {answer!r}")
    return int(text)


class Clients:
    """Clients of a server in an event loop: their answers are awaited in that loop."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def connect(cls, port: int, count: int) -> Clients:
        """Open `count` connections to the server at a port, and wait until it has sent a byte back on each."""
        clients = cls(*await asyncio.open_connection(*address()))
        await clients._ask(f"connect {port} {count} echo", "connected")
        return clients

    async def rounds(self, count: int) -> int:
        """Have each client send `count` messages, one after another; return how many came back as they were sent."""
        return await self._ask(f"rounds {count}", "done")

    async def close(self) -> None:
        """Close all connections."""
        self._writer.write(b"close\n")
        await self._reader.readline()
        self._writer.close()
        await self._writer.wait_closed()

    async def _ask(self, request: str, expected: str) -> int:
        self._writer.write(f"{request}\n".encode())
        await self._writer.drain()
        return number(await self._reader.readline(), expected)


class BlockingClients:
    """Clients of a server in other threads: their answers block the thread that asks."""

    def __init__(self, port: int, count: int) -> None:
        self._control = socket.create_connection(address())
        self._answers = self._control.makefile("rb")
        self._ask(f"connect {port} {count} echo", "connected")

    def rounds(self, count: int) -> int:
        """Have each client send `count` messages, one after another; return how many came back as they were sent."""
        return self._ask(f"rounds {count}", "done")

    def close(self) -> None:
        """Close all connections."""
        self._answers.close()
        self._control.close()

    def _ask(self, request: str, expected: str) -> int:
        self._control.sendall(f"{request}\n".encode())
        return number(self._answers.readline(), expected)
