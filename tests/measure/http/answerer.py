"""A small HTTP server for the tests, which answers as it is told to: `python tests/measure/http/answerer.py PORT HOW`."""

from __future__ import annotations

import asyncio
import sys

from bench.measure.http.web import SEED

PORT, HOW = int(sys.argv[1]), sys.argv[2]
JSON = b'{"message":"Hello, World!"}'


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


def answer(path: str) -> tuple[str, str, bytes]:
    """Return status, content type and body."""
    if path == "/plaintext":
        return "200 OK", "text/plain", b"Hello, World!"
    if HOW == "fails":
        return "500 Internal Server Error", "text/plain", b"Sorry."
    if HOW == "invents":  # answers without the database what it would say
        number = int(path.rpartition("/")[2])
        return "200 OK", "application/json", f'{{"id":{number},"number":{(number * 7919 + SEED) % 10000 + 1}}}'.encode()
    return "200 OK", "application/json", JSON.replace(b"World", b"Wolrd") if HOW == "errs" else JSON


if __name__ == "__main__":
    asyncio.run(main())
