"""The floor beneath FastAPI: an ASGI application without a framework, with the standard library's JSON, and the same drivers.

Routing is a dictionary, validation a list of conditions, a page a format: what a framework adds to these is what it costs.
"""

from __future__ import annotations

import asyncio
import html
import json
import os
import re
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from pathlib import Path
from string import Template
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import aiohttp
import asyncpg

from bench.workloads.concurrency.primes import count_primes

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

ROWS = 20
CALLS = 3
BOUND = 20_000
CHUNK = b"x" * 65_536
CHUNKS = 16
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PAGE = Template((Path(__file__).parent / "fortunes.html").read_text(encoding="utf-8"))
ROW = Template("<tr><td>$id</td><td>$message</td></tr>")


class Request(NamedTuple):
    """What a handler is called with."""

    name: str
    """What follows the last slash of the path."""
    query: dict[str, str]
    receive: Receive
    database: asyncpg.Pool
    upstream: aiohttp.ClientSession


class Answer(NamedTuple):
    """What a handler returns. A body of many chunks is sent chunk by chunk."""

    body: bytes
    content_type: bytes = b"application/json"
    status: int = HTTPStatus.OK
    chunks: int = 1


class RefusalError(Exception):
    """A request that is not answered as asked: why, by the field or parameter that is wrong."""

    def __init__(self, status: int, errors: dict[str, str]) -> None:
        super().__init__(errors)
        self.status = status
        self.errors = errors


def encoded(content: object, status: int = HTTPStatus.OK) -> Answer:
    return Answer(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), status=status)


def integer(text: str, name: str, status: int = HTTPStatus.UNPROCESSABLE_ENTITY) -> int:
    try:
        return int(text)
    except ValueError:
        raise RefusalError(status, {name: "is no integer"}) from None


async def body(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def plaintext(_: Request) -> Answer:
    return Answer(b"Hello, World!", b"text/plain; charset=utf-8")


async def greeting(_: Request) -> Answer:
    return encoded({"message": "Hello, World!"})


async def parameters(request: Request) -> Answer:
    id = integer(request.name, "id", HTTPStatus.NOT_FOUND)
    limit = integer(request.query.get("limit", "20"), "limit")
    if "size" not in request.query:
        raise RefusalError(HTTPStatus.UNPROCESSABLE_ENTITY, {"size": "is required"})
    return encoded({"id": id, "size": request.query["size"], "limit": limit})


async def validated_post(request: Request) -> Answer:
    try:
        order = json.loads(await body(request.receive))
    except ValueError:
        raise RefusalError(HTTPStatus.BAD_REQUEST, {"body": "is no JSON"}) from None
    if errors := invalid(order):
        raise RefusalError(HTTPStatus.UNPROCESSABLE_ENTITY, errors)
    return encoded({"customer": order["customer"], "total": order["quantity"] * order["price"]})


def invalid(order: object) -> dict[str, str]:
    """Return what is wrong with an order, by field. A truth value is an integer to isinstance, and none in JSON."""
    if not isinstance(order, dict):
        return {"body": "is no object"}
    customer, email, quantity, price = map(order.get, ("customer", "email", "quantity", "price"))
    errors = {}
    if not isinstance(customer, str) or not 1 <= len(customer) <= 100:
        errors["customer"] = "has to be a text of 1 to 100 characters"
    if not isinstance(email, str) or not EMAIL.fullmatch(email):
        errors["email"] = "has to be an address"
    if type(quantity) is not int or not 1 <= quantity <= 1000:
        errors["quantity"] = "has to be an integer from 1 to 1000"
    if type(price) is not int or not 0 <= price <= 1_000_000:
        errors["price"] = "has to be an integer from 0 to 1000000"
    return errors


# --8<-- [start:one-query]
async def one_query(request: Request) -> Answer:
    id = integer(request.name, "id", HTTPStatus.NOT_FOUND)
    row = await request.database.fetchrow("SELECT id, number FROM world WHERE id = $1", id)
    if row is None:
        raise RefusalError(HTTPStatus.NOT_FOUND, {"id": "is not there"})
    return encoded({"id": row["id"], "number": row["number"]})


# --8<-- [end:one-query]


async def twenty_queries(request: Request) -> Answer:
    first = integer(request.query.get("first", ""), "first")
    worlds = []
    async with request.database.acquire() as connection:
        for id in range(first, first + ROWS):
            row = await connection.fetchrow("SELECT id, number FROM world WHERE id = $1", id)
            if row is None:
                raise RefusalError(HTTPStatus.NOT_FOUND, {"first": "is too large or too small"})
            worlds.append({"id": row["id"], "number": row["number"]})
    return encoded(worlds)


async def fortunes(request: Request) -> Answer:
    rows = [(row["message"], row["id"]) for row in await request.database.fetch("SELECT id, message FROM fortune")]
    rows.append(("Additional fortune added at request time.", 0))
    rows.sort()
    page = PAGE.substitute(rows="\n".join(ROW.substitute(id=id, message=html.escape(message)) for message, id in rows))
    return Answer(page.encode(), b"text/html; charset=utf-8")


async def twenty_updates(request: Request) -> Answer:
    first = integer(request.query.get("first", ""), "first")
    async with request.database.acquire() as connection, connection.transaction():
        for id in range(first, first + ROWS):
            await connection.execute("UPDATE counter SET hits = hits + 1 WHERE id = $1", id)
    return encoded({"updated": ROWS})


async def slow_upstream(request: Request) -> Answer:
    url = f"http://{os.environ['UPSTREAM']}/?ms=20"
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(fetch(request.upstream, url)) for _ in range(CALLS)]
    return encoded({"calls": len(tasks), "bytes": sum(len(task.result()) for task in tasks)})


async def fetch(upstream: aiohttp.ClientSession, url: str) -> bytes:
    async with upstream.get(url) as response:
        return await response.read()


async def cpu_bound(_: Request) -> Answer:
    # in a thread, as the loop has other requests to see to
    return encoded({"primes": await asyncio.to_thread(count_primes, BOUND)})


async def stream(_: Request) -> Answer:
    return Answer(CHUNK, b"application/octet-stream", chunks=CHUNKS)


async def unknown(_: Request) -> Answer:
    raise RefusalError(HTTPStatus.NOT_FOUND, {"path": "is not there"})


HANDLERS: dict[tuple[str, str], Callable[[Request], Awaitable[Answer]]] = {
    ("GET", "/plaintext"): plaintext,
    ("GET", "/json"): greeting,
    ("GET", "/items/"): parameters,
    ("POST", "/orders"): validated_post,
    ("GET", "/worlds/"): one_query,
    ("GET", "/worlds"): twenty_queries,
    ("GET", "/fortunes"): fortunes,
    ("POST", "/counters"): twenty_updates,
    ("GET", "/upstream"): slow_upstream,
    ("GET", "/primes"): cpu_bound,
    ("GET", "/stream"): stream,
}
"""By method, and by path without the name that follows its second slash."""


async def app(scope: Message, receive: Receive, send: Send) -> None:
    """Serve one request or one WebSocket, or the server's own start and end."""
    if scope["type"] == "http":
        await respond(scope, receive, send)
    elif scope["type"] == "websocket":
        await echo(scope, receive, send)
    elif scope["type"] == "lifespan":
        await live(scope, receive, send)


async def respond(scope: Message, receive: Receive, send: Send) -> None:
    root, slash, name = scope["path"][1:].partition("/")
    try:
        handler = HANDLERS.get((scope["method"], f"/{root}{slash}"), unknown)
        query = dict(parse_qsl(scope["query_string"].decode()))
        answer = await handler(Request(name, query, receive, scope["state"]["database"], scope["state"]["upstream"]))
    except RefusalError as refusal:
        answer = encoded({"errors": refusal.errors}, refusal.status)
    headers = [(b"content-type", answer.content_type)]
    if answer.chunks == 1:  # without a length, the server encodes the stream in chunks
        headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    for chunk in range(answer.chunks):
        await send({"type": "http.response.body", "body": answer.body, "more_body": chunk + 1 < answer.chunks})


async def echo(scope: Message, receive: Receive, send: Send) -> None:
    await receive()
    if scope["path"] != "/ws":
        await send({"type": "websocket.close"})
        return
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message["text"]})


async def leave(_: asyncpg.Connection) -> None:
    """Leave a connection that is given back as it is."""


async def live(scope: Message, receive: Receive, send: Send) -> None:
    """Keep the connections to the database and to the upstream for as long as the server runs."""
    await receive()
    async with (
        # No connection is opened before it is needed, so that the server starts without a database too. Requests leave nothing
        # behind in one, so the pool need not reset it by a statement, which asyncpg's does by default, and pgx's never.
        asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=0, max_size=int(os.environ["POOL"]), reset=leave) as database,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as upstream,
    ):
        scope["state"].update(database=database, upstream=upstream)
        await send({"type": "lifespan.startup.complete"})
        await receive()
    await send({"type": "lifespan.shutdown.complete"})
