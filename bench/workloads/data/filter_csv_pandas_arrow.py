"""Payments of one country above an amount: pandas, which has Arrow read the file, with all threads that it is given."""

from __future__ import annotations

import pandas as pd

from bench.workloads.data import files


def prepare(table: str) -> dict[str, str]:
    return {"table": files.path(table)}


def run(table: str) -> list[float]:
    """Return how many payments there are, and the sum of their amounts."""
    payments = pd.read_csv(table, usecols=["country", "amount"], engine="pyarrow")
    wanted = payments.loc[(payments["country"] == "DE") & (payments["amount"] > 500), "amount"]
    return [len(wanted), float(wanted.sum())]
