"""The largest singular value of an infinite matrix's upper left corner, by the power method: numbers in lists.

The rule for every tier: an element is computed each time it is needed, never looked up in a stored matrix.
"""

from __future__ import annotations

from math import sqrt


def times(vector: list[float]) -> list[float]:
    """Return A v, where A[i][j] = 1 / ((i + j) (i + j + 1) / 2 + i + 1)."""
    product = []
    for i in range(len(vector)):
        total = 0.0
        for j, value in enumerate(vector):
            diagonal = i + j
            total += value / (diagonal * (diagonal + 1) // 2 + i + 1)
        product.append(total)
    return product


def transposed_times(vector: list[float]) -> list[float]:
    """Return v A, that is A's transpose times v."""
    product = []
    for j in range(len(vector)):
        total = 0.0
        for i, value in enumerate(vector):
            diagonal = i + j
            total += value / (diagonal * (diagonal + 1) // 2 + i + 1)
        product.append(total)
    return product


def run(n: int) -> float:
    u = [1.0] * n
    for _ in range(10):
        v = transposed_times(times(u))
        u = transposed_times(times(v))
    u_v = 0.0
    v_v = 0.0
    for a, b in zip(u, v, strict=True):
        u_v += a * b
        v_v += b * b
    return sqrt(u_v / v_v)
