"""A consumer that copies a batch into a temporary table and writes it from there, with asyncpg.

COPY itself cannot ignore the messages that it has seen.
"""

from __future__ import annotations

from collections.abc import Sequence

import asyncpg
import uvloop

from bench.workloads.services.consuming import Row, consume, settings
from bench.workloads.services.pool import pool

ARRIVED = "CREATE TEMPORARY TABLE arrived (LIKE bench_queue.taken) ON COMMIT DELETE ROWS"
INSERT = "INSERT INTO bench_queue.taken SELECT * FROM arrived ON CONFLICT DO NOTHING"


async def initialise(connection: asyncpg.Connection) -> None:
    """Give a connection the table into which batches are copied."""
    await connection.execute(ARRIVED)


async def main() -> None:
    """Consume without end."""
    own = settings()
    async with pool(own, initialise) as database:

        async def write(rows: Sequence[Row]) -> None:
            async with database.acquire() as connection, connection.transaction():
                await connection.copy_records_to_table("arrived", records=rows, columns=Row._fields)
                await connection.execute(INSERT)

        await consume(own, write)


if __name__ == "__main__":
    uvloop.run(main())
