"""FastAPI: Pydantic validates what comes and serialises what goes, asyncpg asks the database."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import asyncpg
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field

READ = "SELECT id, customer, email, quantity, price FROM purchase WHERE id = $1"
LIST = "SELECT id, customer, email, quantity, price FROM purchase WHERE id >= $1 ORDER BY id LIMIT 100"
INSERT = "INSERT INTO purchase (customer, email, quantity, price) VALUES ($1, $2, $3, $4) RETURNING id"
UPDATE = "UPDATE purchase SET customer = $2, email = $3, quantity = $4, price = $5 WHERE id = $1"
COUNT = "UPDATE counter SET hits = hits + 1 WHERE id = $1"


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


class Order(BaseModel):
    """What a client orders. A text is no number: nothing is converted."""

    model_config = ConfigDict(strict=True)

    customer: Annotated[str, Field(min_length=1, max_length=100)]
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
    quantity: Annotated[int, Field(ge=1, le=1000)]
    price: Annotated[int, Field(ge=0, le=1_000_000)]


class Purchase(BaseModel):
    """A row of the table of that name."""

    id: int
    customer: str
    email: str
    quantity: int
    price: int


@app.get("/plaintext", response_class=PlainTextResponse)
async def plaintext() -> str:
    return "Hello, World!"


@app.get("/purchases/{id}")
async def read(id: int, database: Database) -> Purchase:
    row = await database.fetchrow(READ, id)
    if row is None:
        raise HTTPException(404)
    return Purchase(**row)


@app.get("/purchases")
async def list_purchases(first: int, database: Database) -> list[Purchase]:
    return [Purchase(**row) for row in await database.fetch(LIST, first)]


@app.post("/purchases")
async def insert(order: Order, database: Database) -> Purchase:
    id = await database.fetchval(INSERT, order.customer, order.email, order.quantity, order.price)
    return Purchase(id=id, **order.model_dump())


# --8<-- [start:crud-update]
@app.put("/purchases/{id}")
async def update(id: int, order: Order, database: Database) -> Purchase:
    async with database.acquire() as connection, connection.transaction():
        if await connection.execute(UPDATE, id, order.customer, order.email, order.quantity, order.price) == "UPDATE 0":
            raise HTTPException(404)
        await connection.execute(COUNT, id)
    return Purchase(id=id, **order.model_dump())


# --8<-- [end:crud-update]
