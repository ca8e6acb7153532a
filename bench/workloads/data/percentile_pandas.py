"""Percentiles of amounts: pandas, which leaves them to NumPy once it has looked for values that are missing."""

from __future__ import annotations

import pandas as pd

from bench.workloads.data import files

PERCENTILES = [0.5, 0.95, 0.99, 0.999]


def prepare(table: str) -> dict[str, pd.Series]:
    return {"column": pd.read_csv(files.path(table))["amount"]}


def run(column: pd.Series) -> list[float]:
    """Return the percentiles, between two amounts where none has the rank."""
    found: list[float] = column.quantile(PERCENTILES).tolist()
    return found
