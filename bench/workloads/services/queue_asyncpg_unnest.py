"""A consumer that writes a batch by one statement, which takes a column at a time, with asyncpg."""

from __future__ import annotations

from collections.abc import Sequence

import uvloop

from bench.workloads.services.consuming import Row, consume, settings
from bench.workloads.services.pool import pool

INSERT = """
INSERT INTO bench_queue.taken (message, order_id, customer, cents)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[])
ON CONFLICT DO NOTHING
"""


async def main() -> None:
    """Consume without end."""
    own = settings()
    async with pool(own) as database:

        async def write(rows: Sequence[Row]) -> None:
            await database.execute(INSERT, *zip(*rows, strict=True))

        await consume(own, write)


if __name__ == "__main__":
    uvloop.run(main())
