"""The singular value decomposition of a square matrix: NumPy, which leaves it to LAPACK (OpenBLAS in its wheels)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.workloads.data.dense import matrix


def prepare(n: int) -> dict[str, NDArray[np.float64]]:
    return {"a": matrix(n, seed=8)}


def run(a: NDArray[np.float64]) -> list[float]:
    """Return the first two singular values; the vectors are computed as well."""
    _, values, _ = np.linalg.svd(a)
    return [values.item(0), values.item(1)]
