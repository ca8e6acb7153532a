"""The logistic function of each number: one loop over an array, which numba compiles; `exp` is the C library's.

It is compiled for the types of its arguments when the module is imported.
"""

from __future__ import annotations

from math import exp

import numpy as np
from numba import njit
from numpy.typing import NDArray

from bench.workloads.data.logistic_numpy import prepare

__all__ = ["prepare", "run"]


@njit("float64[::1](float64[::1])")
def logistic(x: NDArray[np.float64]) -> NDArray[np.float64]:
    values = np.empty_like(x)
    for i in range(len(x)):
        values[i] = 1 / (1 + exp(-x[i]))
    return values


def run(x: NDArray[np.float64], step: int) -> float:
    """Return the sum of every `step`-th value."""
    return float(logistic(x)[::step].sum())
