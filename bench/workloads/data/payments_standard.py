"""Payments as objects, as a program without a library for tables has them."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
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


def payments(table: str) -> Iterator[Payment]:
    """Read a table that is CSV with a line of names, a row at a time. Of each country's text one copy is kept."""
    with Path(files.path(table)).open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for i, customer, country, quantity, amount in rows:
            yield Payment(int(i), int(customer), sys.intern(country), int(quantity), float(amount))
