"""The product of two square matrices: NumPy, which leaves it to a BLAS (OpenBLAS in its wheels), written in C and assembly."""

from __future__ import annotations

from bench.workloads.data.dense import Floats, matrix


def prepare(n: int) -> dict[str, Floats]:
    return {"a": matrix(n, seed=4), "b": matrix(n, seed=5)}


def run(a: Floats, b: Floats) -> list[float]:
    """Return the product's first element and its last one."""
    product = a @ b
    return [product.item(0), product.item(-1)]
