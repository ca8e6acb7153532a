"""Payments in order: DuckDB, into a table of its own, so that all columns are brought into that order."""

from __future__ import annotations

from bench.workloads.data.payments_duckdb import Connection, loaded

ORDER = "CREATE OR REPLACE TABLE ordered AS FROM payments ORDER BY amount DESC, id"
SPACED = "SELECT id FROM ordered WHERE rowid % ((SELECT count(*) FROM ordered) // 10) = 0 ORDER BY rowid"


def prepare(table: str) -> dict[str, Connection]:
    return {"connection": loaded(payments=table)}


def run(connection: Connection) -> list[int]:
    """Return the numbers of ten payments, evenly spaced, the largest amount first, then by number."""
    connection.execute(ORDER)
    return [number for (number,) in connection.execute(SPACED).fetchall()]
