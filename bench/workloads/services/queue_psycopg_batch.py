"""A consumer that writes a batch by a statement for each row, sent without waiting for the answers, with psycopg."""

from __future__ import annotations

from collections.abc import Sequence

import uvloop
from psycopg_pool import AsyncConnectionPool

from bench.workloads.services.consuming import Row, consume, settings

INSERT = "INSERT INTO bench_queue.taken (message, order_id, customer, cents) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"


async def main() -> None:
    """Consume without end."""
    own = settings()
    async with AsyncConnectionPool(own.database, min_size=own.connections, max_size=own.connections) as pool:

        async def write(rows: Sequence[Row]) -> None:
            # the block is a transaction, and executemany makes a pipeline by itself
            async with pool.connection() as connection, connection.cursor() as cursor:
                await cursor.executemany(INSERT, rows)

        await consume(own, write)


if __name__ == "__main__":
    uvloop.run(main())
