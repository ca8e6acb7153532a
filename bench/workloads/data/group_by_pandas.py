"""Payments grouped by country by pandas, whose aggregates of groups are compiled from Cython, and use one thread."""

from __future__ import annotations

import pandas as pd

from bench.workloads.data import files


def prepare(table: str) -> dict[str, pd.DataFrame]:
    return {"table": pd.read_csv(files.path(table))}


def run(table: pd.DataFrame) -> list[str | float]:
    """Return each country in alphabetical order: quantities added up, the mean amount, its median and 95th percentile."""
    groups = table.groupby("country")
    amounts = groups["amount"]
    columns = (groups["quantity"].sum(), amounts.mean(), amounts.median(), amounts.quantile(0.95))
    return [cell for row in pd.concat(columns, axis="columns").itertuples(name=None) for cell in row]
