"""The product of two square matrices: NumPy, which leaves it to a BLAS (OpenBLAS in its wheels), written in C and assembly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.workloads.execution import matrices

Floats = NDArray[np.float64]


def prepare(n: int) -> dict[str, Floats]:
    return {"a": np.array(matrices.left(n)), "b": np.array(matrices.right(n))}


def run(a: Floats, b: Floats) -> list[float]:
    """Return the product's trace and the sum of its elements."""
    product = a @ b
    return [float(product.trace()), float(product.sum())]
