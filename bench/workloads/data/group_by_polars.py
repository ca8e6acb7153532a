"""Payments grouped by country by Polars, which is written in Rust and uses all threads that it is given."""

from __future__ import annotations

import polars as pl

from bench.workloads.data import files


def prepare(table: str) -> dict[str, pl.DataFrame]:
    return {"table": pl.read_csv(files.path(table))}


def run(table: pl.DataFrame) -> list[str | float]:
    """Return each country in alphabetical order: quantities added up, the mean amount, its median and 95th percentile."""
    amount = pl.col("amount")
    groups = table.group_by("country").agg(
        pl.col("quantity").sum(),
        amount.mean(),
        amount.quantile(0.5, "linear").alias("median"),
        amount.quantile(0.95, "linear").alias("95th"),
    )
    return [cell for row in groups.sort("country").iter_rows() for cell in row]
