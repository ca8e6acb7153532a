"""The logistic function of each number: an expression of NumPy, whose `exp` computes several elements at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.workloads.data.uniform import uniform


def prepare(count: int, step: int) -> dict[str, Any]:
    return {"x": 8 * np.array(uniform(count, seed=3)) - 4, "step": step}


def run(x: NDArray[np.float64], step: int) -> float:
    """Return the sum of every `step`-th value."""
    values = 1 / (1 + np.exp(-x))
    return float(values[::step].sum())
