"""Whole numbers in a NumPy array: eight bytes each, side by side."""

from __future__ import annotations

import numpy as np

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark

FIRST = 1_000_000


def run(mark: Mark, count: int) -> int:
    """Return the sum."""
    numbers = np.arange(FIRST, FIRST + count, dtype=np.int64)
    mark("held")
    return int(numbers.sum())
