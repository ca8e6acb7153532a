"""The mean of each hundred amounts in a row: NumPy, as the difference of two running sums."""

from __future__ import annotations

import numpy as np

from bench.workloads.data.amounts_numpy import Amounts, amounts


def prepare(table: str, window: int) -> dict[str, Amounts | int]:
    return {"column": amounts(table), "window": window}


def run(column: Amounts, window: int) -> list[float]:
    """Return the smallest and the largest mean."""
    sums = np.concatenate(([0.0], np.cumsum(column)))
    means = (sums[window:] - sums[:-window]) / window
    return [float(means.min()), float(means.max())]
