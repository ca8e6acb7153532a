"""The solution of a system of linear equations: NumPy, which leaves it to LAPACK (OpenBLAS in its wheels)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.workloads.data.dense import dominant
from bench.workloads.data.uniform import uniform


def prepare(n: int) -> dict[str, NDArray[np.float64]]:
    return {"a": dominant(n, seed=6), "b": np.array(uniform(n, seed=7))}


def run(a: NDArray[np.float64], b: NDArray[np.float64]) -> list[float]:
    """Return the first unknown and the last one."""
    x = np.linalg.solve(a, b)
    return [x.item(0), x.item(-1)]
