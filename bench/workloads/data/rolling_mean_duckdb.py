"""The mean of each hundred amounts in a row: DuckDB, as a window over rows."""

from __future__ import annotations

from bench.workloads.data.payments_duckdb import Connection, loaded

QUERY = """
    SELECT min(mean), max(mean) FROM (
        SELECT id, avg(amount) OVER (ORDER BY id ROWS BETWEEN $window - 1 PRECEDING AND CURRENT ROW) AS mean FROM payments
    ) WHERE id >= $window - 1
"""


def prepare(table: str, window: int) -> dict[str, Connection | int]:
    return {"connection": loaded(payments=table), "window": window}


def run(connection: Connection, window: int) -> list[float]:
    """Return the smallest and the largest mean."""
    return list(connection.execute(QUERY, {"window": window}).fetchall()[0])
