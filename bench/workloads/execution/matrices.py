"""The two matrices of the matrix product. The Go twin is the package `matrices`.

The elements are whole numbers, small enough for every sum of products to be exact: so the order of the additions, which differs
between the programs, does not change the answer.
"""

from __future__ import annotations

Matrix = list[list[float]]


def left(n: int) -> Matrix:
    return [[float(row + 2 * column) for column in range(n)] for row in range(n)]


def right(n: int) -> Matrix:
    return [[float(3 * row - column) for column in range(n)] for row in range(n)]
