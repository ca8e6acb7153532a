"""FastAPI, asyncpg: one query with the list of all keys, as asyncpg has neither pipelines nor batches of queries."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import asyncpg
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel

ROWS = 20
READ = "SELECT id, number FROM world WHERE id = ANY($1) ORDER BY id"


async def leave(_: asyncpg.Connection) -> None:
    """Leave a connection that is given back as it is."""


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep the connections to the database for as long as the server runs; none needs a reset, which would be a round trip."""
    async with asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=0, max_size=int(os.environ["POOL"]), reset=leave) as pool:
        app.state.database = pool
        yield


app = FastAPI(lifespan=lifespan)


async def get_database(request: Request) -> asyncpg.Pool:
    database: asyncpg.Pool = request.app.state.database
    return database


Database = Annotated[asyncpg.Pool, Depends(get_database)]


class World(BaseModel):
    """A row of the table of that name."""

    id: int
    number: int


@app.get("/plaintext", response_class=PlainTextResponse)
async def plaintext() -> str:
    return "Hello, World!"


# --8<-- [start:twenty-queries]
@app.get("/worlds")
async def twenty_rows(first: int, database: Database) -> list[World]:
    rows = await database.fetch(READ, list(range(first, first + ROWS)))
    if len(rows) < ROWS:
        raise HTTPException(404)
    return [World(**row) for row in rows]


# --8<-- [end:twenty-queries]
