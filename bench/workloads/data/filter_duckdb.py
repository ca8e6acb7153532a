"""Payments of one country above an amount: DuckDB, which tells from the name of the file whether it is CSV or Parquet."""

from __future__ import annotations

import duckdb
from duckdb import DuckDBPyConnection as Connection

from bench.workloads.data import files


def prepare(table: str) -> dict[str, Connection | str]:
    return {"connection": duckdb.connect(), "table": files.path(table)}


def run(connection: Connection, table: str) -> list[float]:
    """Return how many payments there are, and the sum of their amounts."""
    query = f"SELECT count(*), sum(amount) FROM '{table}' WHERE country = 'DE' AND amount > 500"  # noqa: S608 - the file is ours
    ((count, total),) = connection.execute(query).fetchall()
    return [count, total]
