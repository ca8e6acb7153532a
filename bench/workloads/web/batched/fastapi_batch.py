"""FastAPI, psycopg: twenty queries in a pipeline, which are sent without waiting for the answers in between."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import PlainTextResponse
from psycopg import AsyncConnection
from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool
from pydantic import BaseModel

ROWS = 20
READ = "SELECT id, number FROM world WHERE id = %s"


class World(BaseModel):
    """A row of the table of that name."""

    id: int
    number: int


Pool = AsyncConnectionPool[AsyncConnection[World]]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep the connections to the database for as long as the server runs, in autocommit."""
    connections: Pool = AsyncConnectionPool(
        os.environ["DATABASE_URL"],
        min_size=int(os.environ["POOL"]),
        kwargs={"autocommit": True, "row_factory": class_row(World)},
        open=False,
    )
    async with connections:
        app.state.database = connections
        yield


app = FastAPI(lifespan=lifespan)


async def get_database(request: Request) -> Pool:
    database: Pool = request.app.state.database
    return database


Database = Annotated[Pool, Depends(get_database)]


@app.get("/plaintext", response_class=PlainTextResponse)
async def plaintext() -> str:
    return "Hello, World!"


# --8<-- [start:twenty-queries]
@app.get("/worlds")
async def twenty_queries(first: int, database: Database) -> list[World]:
    async with database.connection() as connection:
        async with connection.pipeline():
            cursors = [await connection.execute(READ, (id,)) for id in range(first, first + ROWS)]
        # to fetch within the pipeline would be a round trip of its own
        worlds = [world for cursor in cursors if (world := await cursor.fetchone())]
    if len(worlds) < ROWS:
        raise HTTPException(404)
    return worlds


# --8<-- [end:twenty-queries]
