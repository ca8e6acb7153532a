"""The amounts of a small table read and added up with NumPy, in a loop that numba compiles: the memory that takes."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from bench.workloads.data.amounts_numpy import amounts

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


@njit("float64(float64[::1])")
def added_up(column: NDArray[np.float64]) -> float:
    total = 0.0
    for amount in column:
        total += amount
    return total


def run(mark: Mark, table: str) -> int:
    """Return the sum in cents."""
    total = added_up(amounts(table))
    mark("answered")
    return round(100 * total)
