"""The mean of each hundred amounts in a row: pandas, which keeps a running sum and what is lost of it to rounding."""

from __future__ import annotations

import pandas as pd

from bench.workloads.data import files


def prepare(table: str, window: int) -> dict[str, pd.Series | int]:
    return {"column": pd.read_csv(files.path(table))["amount"], "window": window}


def run(column: pd.Series, window: int) -> list[float]:
    """Return the smallest and the largest mean."""
    means = column.rolling(window).mean()
    return [float(means.min()), float(means.max())]
