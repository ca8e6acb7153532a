"""The amounts of payments in an array."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.workloads.data import files

Amounts = NDArray[np.float64]


def amounts(table: str) -> Amounts:
    """Read the last column of a table that is CSV with a line of names."""
    column: Amounts = np.loadtxt(files.path(table), delimiter=",", skiprows=1, usecols=4)
    return column
