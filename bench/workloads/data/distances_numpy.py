"""The distance of each point of a plane from its middle: an expression of NumPy, most of whose operations make an array."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.workloads.data.uniform import uniform


def prepare(points: int, step: int) -> dict[str, Any]:
    return {"x": np.array(uniform(points, seed=1)), "y": np.array(uniform(points, seed=2)), "step": step}


def run(x: NDArray[np.float64], y: NDArray[np.float64], step: int) -> float:
    """Return the sum of every `step`-th distance."""
    dx = x - 0.5
    dy = y - 0.5
    distances = np.sqrt(dx * dx + dy * dy)
    return float(distances[::step].sum())
