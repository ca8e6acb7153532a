"""Payments of one country above an amount: Arrow, written in C++, which filters while it reads Parquet."""

from __future__ import annotations

import pyarrow.compute as pc
from pyarrow import parquet

from bench.workloads.data import files

WANTED = (pc.field("country") == "DE") & (pc.field("amount") > 500)


def prepare(table: str) -> dict[str, str]:
    return {"table": files.path(table)}


def run(table: str) -> list[float]:
    """Return how many payments there are, and the sum of their amounts."""
    payments = parquet.read_table(table, columns=["amount"], filters=WANTED)
    return [payments.num_rows, pc.sum(payments["amount"]).as_py()]
