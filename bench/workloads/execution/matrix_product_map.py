"""The product of two square matrices, held as lists of rows: `map`, `operator.mul` and `sum` multiply and add, all of them in C.

Bytecode says once for each element of the product which row and column it is made of.
"""

from __future__ import annotations

from operator import mul

from bench.workloads.execution import matrices
from bench.workloads.execution.matrices import Matrix


def prepare(n: int) -> dict[str, Matrix]:
    return {"a": matrices.left(n), "b": matrices.right(n)}


def multiply(a: Matrix, b: Matrix) -> Matrix:
    columns = list(zip(*b, strict=True))
    return [[sum(map(mul, row, column)) for column in columns] for row in a]


def run(a: Matrix, b: Matrix) -> list[float]:
    """Return the product's trace and the sum of its elements."""
    product = multiply(a, b)
    return [sum(row[i] for i, row in enumerate(product)), sum(map(sum, product))]
