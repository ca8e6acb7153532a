"""The product of two square matrices: NumPy, which leaves it to a BLAS (OpenBLAS in its wheels), written in C and assembly."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.workloads.data.dense import matrix


def prepare(n: int) -> dict[str, NDArray[np.float64]]:
    return {"a": matrix(n, seed=4), "b": matrix(n, seed=5)}


def run(a: NDArray[np.float64], b: NDArray[np.float64]) -> list[float]:
    """Return the product's first element and its last one."""
    product = a @ b
    return [product.item(0), product.item(-1)]
