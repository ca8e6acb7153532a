"""The distance of each point of a plane from its middle: NumPy, in blocks that stay in the processor's cache.

Results of operations go where the last ones were, by `out`; only the array of distances is made.
"""

from __future__ import annotations

import numpy as np

from bench.workloads.data.distances_numpy import Floats, prepare

__all__ = ["prepare", "run"]

BLOCK = 4096
"""Elements of a block: 32 KiB."""


def run(x: Floats, y: Floats, step: int) -> float:
    """Return the sum of every `step`-th distance."""
    distances = np.empty_like(x)
    dy = np.empty(BLOCK)
    for start in range(0, len(x), BLOCK):
        part = distances[start : start + BLOCK]
        other = dy[: len(part)]
        np.subtract(x[start : start + BLOCK], 0.5, out=part)
        np.multiply(part, part, out=part)
        np.subtract(y[start : start + BLOCK], 0.5, out=other)
        np.multiply(other, other, out=other)
        np.add(part, other, out=part)
        np.sqrt(part, out=part)
    return float(distances[::step].sum())
