"""FastAPI with SQLAlchemy's asynchronous ORM over asyncpg, at the endpoints with a database, and one that tells it is up."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from fastapi.templating import Jinja2Templates
from pydantic import BaseModel, ConfigDict
from sqlalchemy import make_url, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ROWS = 20

# Reads need no transaction, which would take three round trips in place of one; so connections are in autocommit.
engine = create_async_engine(
    make_url(os.environ["DATABASE_URL"]).set(drivername="postgresql+asyncpg"),
    pool_size=int(os.environ["POOL"]),
    max_overflow=0,
    isolation_level="AUTOCOMMIT",
)
reading = async_sessionmaker(engine)
writing = async_sessionmaker(engine.execution_options(isolation_level="READ COMMITTED"))


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Close the connections to the database with the server."""
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)
templates = Jinja2Templates(Path(__file__).parent / "templates")


class Base(DeclarativeBase):
    """What all tables have in common."""


class World(Base):
    """A row that is read."""

    __tablename__ = "world"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class Counter(Base):
    """A row that is changed."""

    __tablename__ = "counter"

    id: Mapped[int] = mapped_column(primary_key=True)
    hits: Mapped[int]


class Fortune(Base):
    """A row of the page of fortunes."""

    __tablename__ = "fortune"

    id: Mapped[int] = mapped_column(primary_key=True)
    message: Mapped[str]


class Shown(BaseModel):
    """A World, as it is answered."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    number: int


class Updated(BaseModel):
    """How many rows have been changed."""

    updated: int


async def get_session() -> AsyncIterator[AsyncSession]:
    async with reading() as session:
        yield session


Reading = Annotated[AsyncSession, Depends(get_session)]


@app.get("/plaintext", response_class=PlainTextResponse)
async def plaintext() -> str:
    return "Hello, World!"


# --8<-- [start:one-query]
@app.get("/worlds/{id}")
async def one_query(id: int, session: Reading) -> Shown:
    world = await session.get(World, id)
    if world is None:
        raise HTTPException(404)
    return Shown.model_validate(world)


# --8<-- [end:one-query]


@app.get("/worlds")
async def twenty_queries(first: int, session: Reading) -> list[Shown]:
    worlds = []
    for id in range(first, first + ROWS):
        world = await session.get(World, id)
        if world is None:
            raise HTTPException(404)
        worlds.append(Shown.model_validate(world))
    return worlds


@app.get("/fortunes", response_class=HTMLResponse)
async def fortunes(request: Request, session: Reading) -> Response:
    rows = [*await session.scalars(select(Fortune))]
    rows.append(Fortune(id=0, message="Additional fortune added at request time."))
    rows.sort(key=lambda fortune: fortune.message)
    return templates.TemplateResponse(request, "fortunes.html", {"fortunes": rows})


@app.post("/counters")
async def twenty_updates(first: int) -> Updated:
    async with writing.begin() as session:
        for id in range(first, first + ROWS):
            await session.execute(update(Counter).where(Counter.id == id).values(hits=Counter.hits + 1))
    return Updated(updated=ROWS)
