"""Payments joined with who paid, and added up: pandas, whose join is compiled from Cython and uses one thread."""

from __future__ import annotations

import pandas as pd

from bench.workloads.data import files


def prepare(table: str, customers: str) -> dict[str, pd.DataFrame]:
    return {"table": pd.read_csv(files.path(table)), "customers": pd.read_csv(files.path(customers))}


def run(table: pd.DataFrame, customers: pd.DataFrame) -> list[str | float]:
    """Return each segment in alphabetical order, and the amounts that its customers paid."""
    totals = table[["customer", "amount"]].merge(customers, on="customer").groupby("segment")["amount"].sum()
    return [cell for row in totals.items() for cell in row]
