"""The three services behind the gateway, each an application of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import asyncpg
from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.responses import PlainTextResponse

from bench.workloads.services import tables
from bench.workloads.services.chain_http.shapes import Orders, Prices, User


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep the connections to the database for as long as the service runs."""
    async with tables.pool() as database:
        app.state.database = database
        yield


users = FastAPI(lifespan=lifespan)
orders = FastAPI(lifespan=lifespan)
prices = FastAPI(lifespan=lifespan)


async def get_database(request: Request) -> asyncpg.Pool:  # a coroutine, as FastAPI would call a plain function in a thread
    database: asyncpg.Pool = request.app.state.database
    return database


Database = Annotated[asyncpg.Pool, Depends(get_database)]


@users.get("/users/{id}")
async def user(id: int, database: Database) -> User:
    credit = await tables.credit(database, id)
    if credit is None:
        raise HTTPException(404)
    return User(id=id, credit=credit)


@orders.get("/orders")
async def of_user(user: int, database: Database) -> Orders:
    return Orders(items=await tables.items(database, user))


@prices.get("/prices")
async def of_items(items: Annotated[list[int], Query(min_length=1)], database: Database) -> Prices:
    found = await tables.prices(database, items)
    if found is None:
        raise HTTPException(404)
    return Prices(prices=found)


@users.get("/plaintext", response_class=PlainTextResponse)
@orders.get("/plaintext", response_class=PlainTextResponse)
@prices.get("/plaintext", response_class=PlainTextResponse)
async def plaintext() -> str:
    return "Hello, World!"
