"""A page of rows is read by its key: `sqlite3`, over the SQLite library in C that the interpreter is linked with.

The rows are tuples, as that module gives them. The answer is their number, the sum of a column, and a text of the last one.
"""

from __future__ import annotations

import sqlite3

from bench.workloads.execution import items

PAGE = "SELECT id, sku, quantity, cents, kilograms, created FROM item WHERE id > ? ORDER BY id LIMIT ?"


def prepare(rows: int) -> dict[str, object]:
    connection = items.database()
    with connection:
        connection.executemany(items.INSERT, items.rows(2 * rows))
    return {"connection": connection, "after": rows // 2, "limit": rows}


def run(connection: sqlite3.Connection, after: int, limit: int) -> list[int | str]:
    page: list[items.Row] = connection.execute(PAGE, (after, limit)).fetchall()
    return [len(page), sum(cents for _, _, _, cents, _, _ in page), page[-1][1]]
