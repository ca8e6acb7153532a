"""The distance of each point of a plane from its middle: one loop over two arrays, which numba compiles for all CPUs.

It is compiled when the module is imported. `prange` divides the points among numba's threads, one for each CPU.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from bench.workloads.data.distances_numpy import prepare

__all__ = ["prepare", "run"]


@njit("float64[::1](float64[::1], float64[::1])", parallel=True)
def distances(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    computed = np.empty_like(x)
    for i in prange(len(x)):
        dx = x[i] - 0.5
        dy = y[i] - 0.5
        computed[i] = sqrt(dx * dx + dy * dy)
    return computed


def run(x: NDArray[np.float64], y: NDArray[np.float64], step: int) -> float:
    """Return the sum of every `step`-th distance."""
    return float(distances(x, y)[::step].sum())
