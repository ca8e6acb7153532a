"""Records as rows of one structured NumPy array, written one by one: numbers and names lie side by side, without objects."""

from __future__ import annotations

import numpy as np

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark

FIRST = 1_000_000
ORDER = np.dtype([("id", np.int64), ("quantity", np.int64), ("price", np.float64), ("name", "S12")])


def run(mark: Mark, count: int) -> int:
    """Return the sum of the quantities."""
    orders = np.empty(count, ORDER)
    for row, number in enumerate(range(FIRST, FIRST + count)):
        orders[row] = number, 1 + number % 100, number / 100, f"item-{number}"
    mark("held")
    return int(orders["quantity"].sum())
