"""Payments grouped by country by Polars, which is written in Rust and uses all threads that it is given."""

from __future__ import annotations

import polars as pl

from bench.workloads.data import files

AMOUNT = pl.col("amount")
AGGREGATES = (
    pl.col("quantity").sum(),
    AMOUNT.mean(),
    AMOUNT.quantile(0.5, "linear").alias("median"),
    AMOUNT.quantile(0.95, "linear").alias("95th"),
)


def prepare(table: str) -> dict[str, pl.DataFrame]:
    return {"table": pl.read_csv(files.path(table))}


def run(table: pl.DataFrame) -> list[str | float]:
    """Return each country in alphabetical order: quantities added up, the mean amount, its median and 95th percentile."""
    return cells(table.group_by("country").agg(AGGREGATES))


def cells(groups: pl.DataFrame) -> list[str | float]:
    """Return the rows of the groups behind one another, in alphabetical order."""
    return [cell for row in groups.sort("country").iter_rows() for cell in row]
