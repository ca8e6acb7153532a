"""The mean of each hundred amounts in a row: NumPy, as the difference of two running sums."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.workloads.data.amounts_numpy import amounts


def prepare(table: str, window: int) -> dict[str, NDArray[np.float64] | int]:
    return {"column": amounts(table), "window": window}


def run(column: NDArray[np.float64], window: int) -> list[float]:
    """Return the smallest and the largest mean."""
    sums = np.concatenate(([0.0], np.cumsum(column)))
    means = (sums[window:] - sums[:-window]) / window
    return [float(means.min()), float(means.max())]
