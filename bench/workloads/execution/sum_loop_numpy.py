"""The sum of the whole numbers below n: NumPy lays them out in memory and adds each of them, in C."""

from __future__ import annotations

import numpy as np


def run(n: int) -> int:
    return int(np.arange(n, dtype=np.int64).sum())
