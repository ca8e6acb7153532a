"""The mean of each hundred amounts in a row: Polars, which is written in Rust."""

from __future__ import annotations

import polars as pl

from bench.workloads.data import files


def prepare(table: str, window: int) -> dict[str, pl.DataFrame | int]:
    return {"table": pl.read_csv(files.path(table)), "window": window}


def run(table: pl.DataFrame, window: int) -> list[float]:
    """Return the smallest and the largest mean."""
    mean = pl.col("amount").rolling_mean(window)
    means = table.lazy().select(mean.min().alias("smallest"), mean.max().alias("largest"))  # eagerly, each would compute the mean
    return list(means.collect().row(0))
