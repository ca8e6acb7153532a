"""Payments grouped by country by DuckDB, which is written in C++ and uses all threads that it is given."""

from __future__ import annotations

from bench.workloads.data.payments_duckdb import Connection, loaded

QUERY = """
    SELECT country, sum(quantity)::BIGINT, avg(amount), quantile_cont(amount, 0.5), quantile_cont(amount, 0.95)
    FROM payments GROUP BY country ORDER BY country
"""


def prepare(table: str) -> dict[str, Connection]:
    return {"connection": loaded(payments=table)}


def run(connection: Connection) -> list[str | float]:
    """Return each country in alphabetical order: quantities added up, the mean amount, its median and 95th percentile."""
    return [cell for row in connection.execute(QUERY).fetchall() for cell in row]
