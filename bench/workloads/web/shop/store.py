"""How the shop's rows are read and written: a session of SQLAlchemy for each request, and the same statements for all tables."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Annotated, TypeVar

from fastapi import Depends, HTTPException, Query
from pydantic import BaseModel, Field
from sqlalchemy import make_url, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from bench.workloads.web.shop.models import Base
from bench.workloads.web.shop.schemas import Fields
from bench.workloads.web.shop.settings import settings

engine = create_async_engine(
    make_url(settings.database_url).set(drivername="postgresql+asyncpg"), pool_size=settings.pool, max_overflow=0
)
sessions = async_sessionmaker(engine, expire_on_commit=False)
Model = TypeVar("Model", bound=Base)


async def get_session() -> AsyncIterator[AsyncSession]:
    async with sessions() as session:
        yield session


class Part(BaseModel):
    """Which rows of a table are listed: so many, by their ids, after one of them."""

    after: Annotated[int, Field(ge=0)] = 0
    limit: Annotated[int, Field(ge=1, le=100)] = 20


Session = Annotated[AsyncSession, Depends(get_session)]
Listed = Annotated[Part, Query()]


async def rows(session: AsyncSession, model: type[Model], part: Part) -> Sequence[Model]:
    return (await session.scalars(select(model).where(model.id > part.after).order_by(model.id).limit(part.limit))).all()


async def row(session: AsyncSession, model: type[Model], id: int) -> Model:
    if (stored := await session.get(model, id)) is None:
        raise HTTPException(404)
    return stored


async def create(session: AsyncSession, model: type[Model], fields: Fields) -> Model:
    stored = model(**fields.model_dump())
    session.add(stored)
    await session.commit()
    return stored


async def update(session: AsyncSession, model: type[Model], id: int, fields: Fields) -> Model:
    stored = await row(session, model, id)
    for name, value in fields.model_dump().items():
        setattr(stored, name, value)
    await session.commit()
    return stored


async def delete(session: AsyncSession, model: type[Base], id: int) -> None:
    await session.delete(await row(session, model, id))
    await session.commit()
