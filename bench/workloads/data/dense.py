"""The dense matrices of the benchmarks on linear algebra: numbers from 0 to below 1. The Go twin is the package `dense`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.workloads.data.uniform import uniform


def matrix(n: int, seed: int) -> NDArray[np.float64]:
    """Return a square matrix."""
    return np.array(uniform(n * n, seed)).reshape(n, n)


def dominant(n: int, seed: int) -> NDArray[np.float64]:
    """Return a square matrix whose diagonal outweighs the rest, so that a system of equations with it has one exact solution."""
    return matrix(n, seed) + n * np.eye(n)
