"""Percentiles of amounts: DuckDB, which is written in C++."""

from __future__ import annotations

from bench.workloads.data.payments_duckdb import Connection, loaded

QUERY = "SELECT unnest(quantile_cont(amount, [0.5, 0.95, 0.99, 0.999])) FROM payments"


def prepare(table: str) -> dict[str, Connection]:
    return {"connection": loaded(payments=table)}


def run(connection: Connection) -> list[float]:
    """Return the percentiles, between two amounts where none has the rank."""
    return [percentile for (percentile,) in connection.execute(QUERY).fetchall()]
