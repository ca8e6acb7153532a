"""Orders, stock and the audit log in SQLite."""

from __future__ import annotations

import sqlite3
import threading

from bench.workloads.mistakes.orders import Item, Order

SCHEMA = """
CREATE TABLE orders (number INTEGER PRIMARY KEY, customer TEXT NOT NULL, status TEXT NOT NULL, note TEXT);
CREATE TABLE items (number INTEGER REFERENCES orders, sku TEXT NOT NULL, quantity INTEGER NOT NULL, cents INTEGER NOT NULL);
CREATE TABLE stock (sku TEXT PRIMARY KEY, pieces INTEGER NOT NULL CHECK (pieces >= 0));
CREATE TABLE audit (number INTEGER NOT NULL, event TEXT NOT NULL);
"""


class Store:
    """One connection, which threads share under a lock; every method raises sqlite3.Error where the database fails."""

    def __init__(self, path: str) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, check_same_thread=False)
        self._connection.executescript(SCHEMA)

    def add(self, order: Order) -> int:
        """Store a new order with its items, and return its number."""
        with self._lock, self._connection:
            cursor = self._connection.execute(
                "INSERT INTO orders (customer, status, note) VALUES (?, ?, ?)", (order.customer, order.status, order.note)
            )
            number = cursor.lastrowid or 0
            self._connection.executemany(
                "INSERT INTO items (number, sku, quantity, cents) VALUES (?, ?, ?, ?)",
                [(number, item.sku, item.quantity, item.cents) for item in order.items],
            )
        return number

    def get(self, number: int) -> Order | None:
        """Return an order; None where there is none of that number."""
        with self._lock:
            row = self._connection.execute("SELECT customer, status, note FROM orders WHERE number = ?", (number,)).fetchone()
            if row is None:
                return None
            customer, status, note = row
            rows = self._connection.execute("SELECT sku, quantity, cents FROM items WHERE number = ? ORDER BY rowid", (number,))
            items = [Item(sku, quantity, cents) for sku, quantity, cents in rows]
        return Order(customer, items, note, number, status)

    def page(self, customer: str, page: int, size: int) -> list[int]:
        """Return the numbers of a customer's orders on a page, the oldest first; the first page is 1."""
        with self._lock:
            rows = self._connection.execute(
                "SELECT number FROM orders WHERE customer = ? ORDER BY number LIMIT ? OFFSET ?",
                (customer, size, (page - 1) * size),
            ).fetchall()
        return [number for (number,) in rows]

    def move(self, number: int, before: str, after: str) -> bool:
        """Change an order's status; False where it is not in the status `before`."""
        with self._lock, self._connection:
            cursor = self._connection.execute(
                "UPDATE orders SET status = ? WHERE number = ? AND status = ?", (after, number, before)
            )
        return cursor.rowcount == 1

    def spent(self, customer: str) -> int:
        """Return what a customer's orders cost before discounts, in cents."""
        with self._lock:
            (cents,) = self._connection.execute(
                "SELECT COALESCE(SUM(quantity * cents), 0) FROM items JOIN orders USING (number) WHERE customer = ?", (customer,)
            ).fetchone()
        return int(cents)

    def stock(self, sku: str) -> int:
        """Return how many pieces of an article are left."""
        with self._lock:
            row = self._connection.execute("SELECT pieces FROM stock WHERE sku = ?", (sku,)).fetchone()
        return int(row[0]) if row else 0

    def set_stock(self, sku: str, pieces: int) -> None:
        """Say how many pieces of an article are left."""
        with self._lock, self._connection:
            self._connection.execute("INSERT OR REPLACE INTO stock (sku, pieces) VALUES (?, ?)", (sku, pieces))

    def audit(self, number: int, event: str) -> None:
        """Write down what happened to an order."""
        with self._lock, self._connection:
            self._connection.execute("INSERT INTO audit (number, event) VALUES (?, ?)", (number, event))

    def events(self, number: int) -> list[str]:
        """Return what happened to an order, the oldest first."""
        with self._lock:
            rows = self._connection.execute("SELECT event FROM audit WHERE number = ? ORDER BY rowid", (number,)).fetchall()
        return [event for (event,) in rows]

    def close(self) -> None:
        """Close the database."""
        self._connection.close()
