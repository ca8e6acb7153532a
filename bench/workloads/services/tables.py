"""What the services of a chain ask the database, whatever way they are called."""

from __future__ import annotations

import os
from collections.abc import Sequence

import asyncpg


async def leave(_: asyncpg.Connection) -> None:
    """Leave a connection that is given back as it is."""


def pool() -> asyncpg.Pool:
    """Return at most POOL connections to DATABASE_URL, which are opened when they are needed, as pgx's are.

    Requests leave nothing behind in one, so the pool need not reset it by a statement, which asyncpg's does by default.
    """
    return asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=0, max_size=int(os.environ["POOL"]), reset=leave)


async def credit(database: asyncpg.Pool, user: int) -> int | None:
    """Return what a user may spend; None where there is no such user."""
    found: int | None = await database.fetchval("SELECT number FROM world WHERE id = $1", user)
    return found


async def items(database: asyncpg.Pool, user: int) -> list[int]:
    """Return the items of a user's three orders."""
    rows = await database.fetch("SELECT number FROM world WHERE id BETWEEN $1 AND $1 + 2 ORDER BY id", user)
    return [row["number"] for row in rows]


async def prices(database: asyncpg.Pool, wanted: Sequence[int]) -> list[int] | None:
    """Return the prices of items, in their order; None where there is not one of them."""
    rows = await database.fetch("SELECT id, number FROM world WHERE id = ANY($1)", wanted)
    known = {row["id"]: row["number"] for row in rows}
    return [known[item] for item in wanted] if known.keys() >= {*wanted} else None
