"""FastAPI: Pydantic validates what comes and serialises what goes, asyncpg asks the database.

Views that wait are coroutines; the one that computes is a plain function, which FastAPI runs in its pool of threads.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import aiohttp
import asyncpg
from fastapi import Depends, FastAPI, HTTPException, Request, Response, WebSocket
from fastapi.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel, ConfigDict, Field

from bench.workloads.concurrency.primes import count_primes

ROWS = 20
CALLS = 3
BOUND = 20_000
CHUNK = b"x" * 65_536
CHUNKS = 16


async def leave(_: asyncpg.Connection) -> None:
    """Leave a connection that is given back as it is."""


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep the connections to the database and to the upstream for as long as the server runs."""
    async with (
        # No connection is opened before it is needed, so that the server starts without a database too. Requests leave nothing
        # behind in one, so the pool need not reset it by a statement, which asyncpg's does by default, and pgx's never.
        asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=0, max_size=int(os.environ["POOL"]), reset=leave) as database,
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as upstream,
    ):
        app.state.database = database
        app.state.upstream = upstream
        yield


app = FastAPI(lifespan=lifespan)
templates = Jinja2Templates(Path(__file__).parent / "templates")


# coroutines, as FastAPI would call plain functions in a thread
async def get_database(request: Request) -> asyncpg.Pool:
    database: asyncpg.Pool = request.app.state.database
    return database


async def get_upstream(request: Request) -> aiohttp.ClientSession:
    upstream: aiohttp.ClientSession = request.app.state.upstream
    return upstream


Database = Annotated[asyncpg.Pool, Depends(get_database)]
Upstream = Annotated[aiohttp.ClientSession, Depends(get_upstream)]


class Message(BaseModel):
    """A greeting."""

    message: str


class Item(BaseModel):
    """What a path and a query have asked for."""

    id: int
    size: str
    limit: int


class Order(BaseModel):
    """What a client orders. A text is no number: nothing is converted."""

    model_config = ConfigDict(strict=True)

    customer: Annotated[str, Field(min_length=1, max_length=100)]
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    quantity: Annotated[int, Field(ge=1, le=1000)]
    price: Annotated[int, Field(ge=0, le=1_000_000)]


class Receipt(BaseModel):
    """What an Order costs."""

    customer: str
    total: int


class World(BaseModel):
    """A row of the table of that name."""

    id: int
    number: int


class Fortune(BaseModel):
    """A row of the table of that name."""

    id: int
    message: str


class Updated(BaseModel):
    """How many rows were changed."""

    updated: int


class Fetched(BaseModel):
    """What the upstream has answered: to how many calls, and how many bytes."""

    calls: int
    bytes: int


class Primes(BaseModel):
    """How many were found."""

    primes: int


class BytesResponse(StreamingResponse):
    """A stream of bytes that are nothing in particular."""

    media_type = "application/octet-stream"


@app.get("/plaintext", response_class=PlainTextResponse)
async def plaintext() -> str:
    return "Hello, World!"


@app.get("/json")
async def json() -> Message:
    return Message(message="Hello, World!")


@app.get("/items/{id}")
async def parameters(id: int, size: str, limit: int = 20) -> Item:
    return Item(id=id, size=size, limit=limit)


@app.post("/orders")
async def validated_post(order: Order) -> Receipt:
    return Receipt(customer=order.customer, total=order.quantity * order.price)


# --8<-- [start:one-query]
@app.get("/worlds/{id}")
async def one_query(id: int, database: Database) -> World:
    row = await database.fetchrow("SELECT id, number FROM world WHERE id = $1", id)
    if row is None:
        raise HTTPException(404)
    return World(**row)


# --8<-- [end:one-query]


@app.get("/worlds")
async def twenty_queries(first: int, database: Database) -> list[World]:
    worlds = []
    async with database.acquire() as connection:
        for id in range(first, first + ROWS):
            row = await connection.fetchrow("SELECT id, number FROM world WHERE id = $1", id)
            if row is None:
                raise HTTPException(404)
            worlds.append(World(**row))
    return worlds


@app.get("/fortunes", response_class=HTMLResponse)
async def fortunes(request: Request, database: Database) -> Response:
    rows = [Fortune(**row) for row in await database.fetch("SELECT id, message FROM fortune")]
    rows.append(Fortune(id=0, message="Additional fortune added at request time."))
    rows.sort(key=lambda fortune: fortune.message)
    return templates.TemplateResponse(request, "fortunes.html", {"fortunes": rows})


@app.post("/counters")
async def twenty_updates(first: int, database: Database) -> Updated:
    async with database.acquire() as connection, connection.transaction():
        for id in range(first, first + ROWS):
            await connection.execute("UPDATE counter SET hits = hits + 1 WHERE id = $1", id)
    return Updated(updated=ROWS)


@app.get("/upstream")
async def slow_upstream(upstream: Upstream) -> Fetched:
    url = f"http://{os.environ['UPSTREAM']}/?ms=20"
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(fetch(upstream, url)) for _ in range(CALLS)]
    return Fetched(calls=len(tasks), bytes=sum(len(task.result()) for task in tasks))


async def fetch(upstream: aiohttp.ClientSession, url: str) -> bytes:
    async with upstream.get(url) as response:
        return await response.read()


@app.get("/primes")
def cpu_bound() -> Primes:
    return Primes(primes=count_primes(BOUND))


@app.get("/stream", response_class=BytesResponse)
async def stream() -> AsyncIterable[bytes]:
    for _ in range(CHUNKS):
        yield CHUNK


@app.websocket("/ws")
async def websocket(websocket: WebSocket) -> None:
    await websocket.accept()
    async for message in websocket.iter_text():
        await websocket.send_text(message)
