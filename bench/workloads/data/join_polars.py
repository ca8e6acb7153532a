"""Payments joined with who paid, and added up: Polars, lazily, so that only the columns that are needed are joined."""

from __future__ import annotations

import polars as pl

from bench.workloads.data import files


def prepare(table: str, customers: str) -> dict[str, pl.DataFrame]:
    return {"table": pl.read_csv(files.path(table)), "customers": pl.read_csv(files.path(customers))}


def run(table: pl.DataFrame, customers: pl.DataFrame) -> list[str | float]:
    """Return each segment in alphabetical order, and the amounts that its customers paid."""
    joined = table.lazy().join(customers.lazy(), on="customer")
    totals = joined.group_by("segment").agg(pl.col("amount").sum()).sort("segment").collect()
    return [cell for row in totals.iter_rows() for cell in row]
