"""Percentiles of amounts: NumPy, which brings only the ranks that are asked for into their places."""

from __future__ import annotations

import numpy as np

from bench.workloads.data.amounts_numpy import Amounts, amounts

PERCENTILES = [50, 95, 99, 99.9]


def prepare(table: str) -> dict[str, Amounts]:
    return {"column": amounts(table)}


def run(column: Amounts) -> list[float]:
    """Return the percentiles, between two amounts where none has the rank."""
    found: list[float] = np.percentile(column, PERCENTILES).tolist()
    return found
