"""Payments of one country above an amount: Polars, lazily, so that only what the question needs is read."""

from __future__ import annotations

import polars as pl

from bench.workloads.data import files


def prepare(table: str) -> dict[str, str]:
    return {"table": files.path(table)}


def run(table: str) -> list[float]:
    """Return how many payments there are, and the sum of their amounts."""
    wanted = pl.scan_parquet(table).filter(pl.col("country") == "DE", pl.col("amount") > 500)
    count, total = wanted.select(pl.len(), pl.col("amount").sum()).collect().row(0)
    return [count, total]
