"""What a linear model is trained on. The Go twin is in the package `trainlinear`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.workloads.data.uniform import uniform

Floats = NDArray[np.float64]

PENALTY = 1.0


def observations(rows: int, features: int) -> dict[str, Floats]:
    """Return numbers from 0 to below 1, and what is to be predicted: a sum of the features of a row, with noise.

    A feature's weight is from -3 to 3, the noise from 0 to below 1.
    """
    x = np.array(uniform(rows * features, seed=1)).reshape(rows, features)
    return {"x": x, "y": x @ (np.arange(features) % 7 - 3.0) + np.array(uniform(rows, seed=2))}
