"""Payments as objects, as a program without a library for tables has them."""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.workloads.data import files


@dataclass(frozen=True, slots=True)
class Payment:
    """One row."""

    id: int
    customer: int
    country: str
    quantity: int
    amount: float


def payments(table: str) -> list[Payment]:
    """Read a table that is CSV with a line of names. Of each country's text one copy is kept."""
    with Path(files.path(table)).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return [
            Payment(int(i), int(customer), sys.intern(country), int(q), float(amount)) for i, customer, country, q, amount in rows
        ]
