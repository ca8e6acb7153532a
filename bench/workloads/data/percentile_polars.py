"""Percentiles of amounts: Polars, in one lazy query, so that it may share work between them."""

from __future__ import annotations

import polars as pl

from bench.workloads.data import files

PERCENTILES = (0.5, 0.95, 0.99, 0.999)


def prepare(table: str) -> dict[str, pl.DataFrame]:
    return {"table": pl.read_csv(files.path(table))}


def run(table: pl.DataFrame) -> list[float]:
    """Return the percentiles, between two amounts where none has the rank."""
    percentiles = table.lazy().select(pl.col("amount").quantile(share, "linear").alias(f"{share}") for share in PERCENTILES)
    return list(percentiles.collect().row(0))
