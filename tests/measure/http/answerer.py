"""A small HTTP server for the tests, which answers as it is told to: `python tests/measure/http/answerer.py PORT HOW [REACHED]`.

Before its first answer that is checked it writes its process id to the file REACHED, and waits until that is gone.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

from bench.measure.http.web import SEED

PORT, HOW = int(sys.argv[1]), sys.argv[2]
REACHED = [Path(name) for name in sys.argv[3:]]
JSON = b'{"message":"Hello, World!"}'
ROWS = 10_000
"""Of the table `world`."""


async def main() -> None:
    if HOW == "ends":
        sys.exit("no configuration")
    server = await asyncio.start_server(serve, "127.0.0.1", PORT)
    await server.serve_forever()


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one connection, none of which has a body."""
    try:
        while request := await reader.readuntil(b"\r\n\r\n"):
            path = request.split()[1].decode()
            if path != "/plaintext" and REACHED:
                await reach(REACHED.pop())
            if path != "/plaintext" and HOW == "drops":
                break
            if path != "/plaintext" and HOW == "waits":
                await asyncio.sleep(3600)
            status, kind, body = answer(path)
            head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(head.encode() + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    writer.close()


async def reach(reached: Path) -> None:
    """Say that the middle of an invocation has come, and wait."""
    reached.with_suffix(".part").write_text(str(os.getpid()), encoding="utf-8")
    reached.with_suffix(".part").replace(reached)
    while reached.exists():  # noqa: ASYNC240, ASYNC110 - nothing else is going on
        await asyncio.sleep(0.01)


def answer(path: str) -> tuple[str, str, bytes]:
    """Return status, content type and body."""
    if path == "/plaintext":
        return "200 OK", "text/plain", b"Hello, World!"
    if HOW == "fails":
        return "500 Internal Server Error", "text/plain", b"Sorry."
    if HOW == "invents":  # answers without the database, or the services behind a gateway, what they would say
        resource, _, last = path.strip("/").partition("/")
        if not last.isdigit() or int(last) > ROWS:
            return "404 Not Found", "text/plain", b"None."
        invented = summary(int(last)) if resource == "summaries" else {"id": int(last), "number": number(int(last))}
        return "200 OK", "application/json", json.dumps(invented, separators=(",", ":")).encode()
    return "200 OK", "application/json", JSON.replace(b"World", b"Wolrd") if HOW == "errs" else JSON


def number(id: int) -> int:
    """Return what the table `world` holds beside an id."""
    return (id * 7919 + SEED) % ROWS + 1


def summary(user: int) -> dict[str, object]:
    items = [number(user + i) for i in range(3)]
    return {"user": user, "credit": number(user), "items": items, "total": sum(map(number, items))}


if __name__ == "__main__":
    asyncio.run(main())
