"""Percentiles of amounts: NumPy, which brings only the ranks that are asked for into their places."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.workloads.data.amounts_numpy import amounts

PERCENTILES = [50, 95, 99, 99.9]


def prepare(table: str) -> dict[str, NDArray[np.float64]]:
    return {"column": amounts(table)}


def run(column: NDArray[np.float64]) -> list[float]:
    """Return the percentiles, between two amounts where none has the rank."""
    percentiles: list[float] = np.percentile(column, PERCENTILES).tolist()
    return percentiles
