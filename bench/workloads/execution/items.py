"""The table of the SQLite programs: schema, statements, rows. The Go twin is go_examples/internal/items."""

from __future__ import annotations

import atexit
import sqlite3

SCHEMA = """
CREATE TABLE item (
    id INTEGER PRIMARY KEY,
    sku TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    cents INTEGER NOT NULL,
    kilograms REAL NOT NULL,
    created TEXT NOT NULL
)
"""
INSERT = "INSERT INTO item (id, sku, quantity, cents, kilograms, created) VALUES (?, ?, ?, ?, ?, ?)"

Row = tuple[int, str, int, int, float, str]


def database() -> sqlite3.Connection:
    """Open a database in memory, with the default settings and an empty table; it stays open until the process ends."""
    connection = sqlite3.connect(":memory:")
    atexit.register(connection.close)
    connection.execute(SCHEMA)
    return connection


def rows(count: int) -> list[Row]:
    return [
        (i, f"SKU-{i:06}", i % 9 + 1, i * 37 % 10_000, i % 200 / 8, f"2026-11-{i % 28 + 1:02}T12:00:00Z")
        for i in range(1, count + 1)
    ]
