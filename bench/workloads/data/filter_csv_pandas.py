"""Payments of one country above an amount: pandas, whose reader of CSV is written in C and uses one thread."""

from __future__ import annotations

import pandas as pd

from bench.workloads.data import files


def prepare(table: str) -> dict[str, str]:
    return {"table": files.path(table)}


def run(table: str) -> list[float]:
    """Return how many payments there are, and the sum of their amounts."""
    payments = pd.read_csv(table, usecols=["country", "amount"])
    wanted = payments.loc[(payments["country"] == "DE") & (payments["amount"] > 500), "amount"]
    return [len(wanted), float(wanted.sum())]
