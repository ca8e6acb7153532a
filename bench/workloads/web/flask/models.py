"""The tables, as SQLAlchemy maps them, and the sessions that a request has for its queries."""

from __future__ import annotations

import os

from sqlalchemy import create_engine, make_url
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, scoped_session, sessionmaker

# In a transaction, to read a row would take three round trips, and with the rollback psycopg would forget the statements that it
# had prepared. Reads need none, so connections are in autocommit, and only who writes begins a transaction.
engine = create_engine(
    make_url(os.environ["DATABASE_URL"]).set(drivername="postgresql+psycopg"),
    pool_size=int(os.environ["POOL"]),
    max_overflow=0,
    isolation_level="AUTOCOMMIT",
)
# one session for each thread
reading = scoped_session(sessionmaker(engine))
writing = scoped_session(sessionmaker(engine.execution_options(isolation_level="READ COMMITTED")))


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
