"""The pool of connections of the consumers that use asyncpg."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import asyncpg

from bench.workloads.services.consuming import Settings


async def leave(_: asyncpg.Connection) -> None:
    """Leave a connection that is new, or given back, as it is."""


def pool(own: Settings, initialise: Callable[[asyncpg.Connection], Awaitable[None]] = leave) -> asyncpg.Pool:
    """Return a pool with a connection for each worker.

    Batches leave nothing behind in one, so the pool need not reset it by a statement, which asyncpg's does by default, and pgx's
    never.
    """
    return asyncpg.create_pool(own.database, min_size=own.connections, max_size=own.connections, init=initialise, reset=leave)
