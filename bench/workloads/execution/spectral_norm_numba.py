"""The largest singular value of an infinite matrix's upper left corner: the loops of the pure program, which numba compiles.

They are compiled for the types of their arguments when the module is imported. Vectors are arrays of NumPy.
The rule for every tier: an element is computed each time it is needed, never looked up in a stored matrix.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from numba import njit

Vector = np.ndarray[tuple[int], np.dtype[np.float64]]


@njit("float64[::1](float64[::1])")
def times(vector: Vector) -> Vector:
    """Return A v, where A[i][j] = 1 / ((i + j) (i + j + 1) / 2 + i + 1)."""
    product = np.empty_like(vector)
    for i in range(len(vector)):
        total = 0.0
        for j in range(len(vector)):
            diagonal = i + j
            total += vector[j] / (diagonal * (diagonal + 1) // 2 + i + 1)
        product[i] = total
    return product


@njit("float64[::1](float64[::1])")
def transposed_times(vector: Vector) -> Vector:
    """Return v A, that is A's transpose times v."""
    product = np.empty_like(vector)
    for j in range(len(vector)):
        total = 0.0
        for i in range(len(vector)):
            diagonal = i + j
            total += vector[i] / (diagonal * (diagonal + 1) // 2 + i + 1)
        product[j] = total
    return product


@njit("float64(int64)")
def norm(n: int) -> float:
    u = np.ones(n)
    v = u
    for _ in range(10):
        v = transposed_times(times(u))
        u = transposed_times(times(v))
    u_v = 0.0
    v_v = 0.0
    for a, b in zip(u, v):  # noqa: B905 - numba does not know `strict`
        u_v += a * b
        v_v += b * b
    return sqrt(u_v / v_v)


def run(n: int) -> float:
    return norm(n)
