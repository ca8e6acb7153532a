"""FastAPI alone: it is imported, has one page, and answers one request, through ASGI."""

from __future__ import annotations

from time import perf_counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from fastapi import FastAPI

    from bench.workloads.report import Mark


def run(mark: Mark) -> int:
    start = perf_counter()
    import asyncio  # noqa: PLC0415 - importing is measured

    from fastapi import FastAPI  # noqa: PLC0415
    from fastapi.responses import PlainTextResponse  # noqa: PLC0415

    app = FastAPI()
    app.get("/", response_class=PlainTextResponse)(greet)
    answered = asyncio.run(status(app))
    mark("start", seconds=perf_counter() - start)
    return answered


async def greet() -> str:
    return "hello\n"


async def status(app: FastAPI) -> int:
    """Return the status of the answer to `GET /`, which is read to its end."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/",
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
        "server": ("localhost", 80),
    }
    messages: list[MutableMapping[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        messages.append(message)

    await app(scope, receive, send)
    return int(messages[0]["status"])
