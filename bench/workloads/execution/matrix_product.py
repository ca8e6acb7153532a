"""The product of two square matrices, held as lists of rows: a loop in Python multiplies and adds each pair of elements."""

from __future__ import annotations

from bench.workloads.execution import matrices
from bench.workloads.execution.matrices import Matrix


def prepare(n: int) -> dict[str, Matrix]:
    return {"a": matrices.left(n), "b": matrices.right(n)}


def multiply(a: Matrix, b: Matrix) -> Matrix:
    columns = list(zip(*b, strict=True))
    indices = range(len(b))
    product = []
    for row in a:
        elements = []
        for column in columns:
            element = 0.0
            # By index, which takes less time than `zip`, whose tuples bytecode would have to take apart.
            for k in indices:
                element += row[k] * column[k]
            elements.append(element)
        product.append(elements)
    return product


def run(a: Matrix, b: Matrix) -> list[float]:
    """Return the product's trace and the sum of its elements."""
    product = multiply(a, b)
    return [sum(row[i] for i, row in enumerate(product)), sum(map(sum, product))]
