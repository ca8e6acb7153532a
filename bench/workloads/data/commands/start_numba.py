"""A command that reads a small table with NumPy, and prints the sum of a column, in a loop that numba compiles at each start."""

from __future__ import annotations

import sys

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit("float64(float64[::1])")
def added_up(amounts: NDArray[np.float64]) -> float:
    total = 0.0
    for amount in amounts:
        total += amount
    return total


sys.stdout.write(f"{added_up(np.loadtxt(sys.stdin, delimiter=',', skiprows=1, usecols=4)):.2f}\n")
