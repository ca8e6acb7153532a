"""The largest singular value of an infinite matrix's upper left corner, by the power method: NumPy does the arithmetic.

The rule for every tier: an element is computed each time it is needed, never looked up in a stored matrix. So the matrix is
made anew for each product, a whole array at once.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def matrix(n: int) -> Floats:
    """Return A, where A[i, j] = 1 / ((i + j) (i + j + 1) / 2 + i + 1)."""
    row = np.arange(n, dtype=np.float64)
    column = row[:, np.newaxis]
    diagonal = column + row
    return 1 / (diagonal * (diagonal + 1) / 2 + (column + 1))


def times(vector: Floats) -> Floats:
    return matrix(len(vector)) @ vector


def transposed_times(vector: Floats) -> Floats:
    return matrix(len(vector)).T @ vector


def run(n: int) -> float:
    u = np.ones(n)
    for _ in range(10):
        v = transposed_times(times(u))
        u = transposed_times(times(v))
    return sqrt((u @ v) / (v @ v))
