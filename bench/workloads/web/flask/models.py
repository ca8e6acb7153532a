"""The tables, as SQLAlchemy maps them, and the sessions that a request has for its queries."""

from __future__ import annotations

import os

from sqlalchemy import create_engine, make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, scoped_session, sessionmaker

engine = create_engine(
    make_url(os.environ["DATABASE_URL"]).set(drivername="postgresql+psycopg"),
    pool_size=int(os.environ["POOL"]),
    max_overflow=0,
)
# One for each thread. A session's first query begins a transaction, which is rolled back in the end: three round trips to read a
# row, after which psycopg forgets the statements that it had prepared. Reads here need none, so each commits by itself.
reading = scoped_session(sessionmaker(engine.execution_options(isolation_level="AUTOCOMMIT")))
writing = scoped_session(sessionmaker(engine))


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
