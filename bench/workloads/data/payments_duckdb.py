"""Tables in DuckDB's memory, as the programs that query them have them."""

from __future__ import annotations

import duckdb
from duckdb import DuckDBPyConnection as Connection

from bench.workloads.data import files

__all__ = ["Connection", "loaded"]


def loaded(**tables: str) -> Connection:
    """Return a connection to a database in memory with a table of each name, made of a CSV file."""
    connection = duckdb.connect()
    for name, file in tables.items():
        connection.execute(f"CREATE TABLE {name} AS FROM '{files.path(file)}'")
    return connection
