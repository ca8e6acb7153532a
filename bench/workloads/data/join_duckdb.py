"""Payments joined with who paid, and added up: DuckDB, which is written in C++."""

from __future__ import annotations

from bench.workloads.data.payments_duckdb import Connection, loaded

QUERY = "SELECT segment, sum(amount) FROM payments JOIN customers USING (customer) GROUP BY segment ORDER BY segment"


def prepare(table: str, customers: str) -> dict[str, Connection]:
    return {"connection": loaded(payments=table, customers=customers)}


def run(connection: Connection) -> list[str | float]:
    """Return each segment in alphabetical order, and the amounts that its customers paid."""
    return [cell for row in connection.execute(QUERY).fetchall() for cell in row]
