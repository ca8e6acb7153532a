"""Whole numbers in ascending order: NumPy sorts an array of 64-bit integers in C++, with vector instructions where there are any.

The answer is the numbers at evenly spaced places.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


def prepare(numbers: bytes) -> dict[str, Integers]:
    return {"numbers": np.frombuffer(numbers, dtype="<i8").astype(np.int64)}


def run(numbers: Integers) -> list[int]:
    ordered = np.sort(numbers)
    answer: list[int] = ordered[:: max(1, len(ordered) // 256)].tolist()
    return answer
