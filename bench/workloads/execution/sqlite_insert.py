"""A table is emptied and filled, in one transaction: `sqlite3`, over the SQLite library in C that the interpreter is linked with.

The answer is the number of rows and the sum of a column, as the database says.
"""

from __future__ import annotations

import sqlite3

from bench.workloads.execution import items


def prepare(rows: int) -> dict[str, object]:
    return {"connection": items.database(), "rows": items.rows(rows)}


def run(connection: sqlite3.Connection, rows: list[items.Row]) -> list[int]:
    with connection:
        connection.execute("DELETE FROM item")
        connection.executemany(items.INSERT, rows)
    return [*connection.execute("SELECT count(*), sum(cents) FROM item").fetchone()]
