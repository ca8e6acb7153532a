"""The distance of each point of a plane from its middle: NumPy, in blocks that stay in the processor's cache.

Results of operations go where the last ones were, by `out`; only the array of distances is made.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.workloads.data.distances_numpy import prepare

__all__ = ["prepare", "run"]

BLOCK = 4096
"""Elements of a block: 32 KiB."""


def run(x: NDArray[np.float64], y: NDArray[np.float64], step: int) -> float:
    """Return the sum of every `step`-th distance."""
    distances = np.empty_like(x)
    dy = np.empty(BLOCK)
    for start in range(0, len(x), BLOCK):
        block = distances[start : start + BLOCK]
        squares = dy[: len(block)]
        np.subtract(x[start : start + BLOCK], 0.5, out=block)
        np.multiply(block, block, out=block)
        np.subtract(y[start : start + BLOCK], 0.5, out=squares)
        np.multiply(squares, squares, out=squares)
        np.add(block, squares, out=block)
        np.sqrt(block, out=block)
    return float(distances[::step].sum())
