"""The amounts of payments in an array."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.workloads.data import files


def amounts(table: str) -> NDArray[np.float64]:
    """Read the last column of a table that is CSV with a line of names."""
    column: NDArray[np.float64] = np.loadtxt(files.path(table), delimiter=",", skiprows=1, usecols=4)
    return column
