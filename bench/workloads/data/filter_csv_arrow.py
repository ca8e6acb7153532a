"""Payments of one country above an amount: Arrow, whose reader of CSV is written in C++ and uses all threads that it is given."""

from __future__ import annotations

import pyarrow.compute as pc
from pyarrow import csv

from bench.workloads.data import files

COLUMNS = csv.ConvertOptions(include_columns=["country", "amount"])


def prepare(table: str) -> dict[str, str]:
    return {"table": files.path(table)}


def run(table: str) -> list[float]:
    """Return how many payments there are, and the sum of their amounts."""
    payments = csv.read_csv(table, convert_options=COLUMNS)
    wanted = payments.filter((pc.field("country") == "DE") & (pc.field("amount") > 500))
    return [wanted.num_rows, pc.sum(wanted["amount"]).as_py()]
