"""A consumer that writes a batch by a statement for each row, all in one round trip, with asyncpg."""

from __future__ import annotations

from collections.abc import Sequence

import uvloop

from bench.workloads.services.consuming import Row, consume, settings
from bench.workloads.services.pool import pool

INSERT = "INSERT INTO bench_queue.taken (message, order_id, customer, cents) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"


async def main() -> None:
    """Consume without end."""
    own = settings()
    async with pool(own) as database:

        async def write(rows: Sequence[Row]) -> None:
            await database.executemany(INSERT, rows)  # all of them or none: asyncpg promises that

        await consume(own, write)


if __name__ == "__main__":
    uvloop.run(main())
