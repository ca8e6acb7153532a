"""Whole numbers in an `array` of the standard library: eight bytes each, side by side."""

from __future__ import annotations

from array import array

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark

FIRST = 1_000_000


def run(mark: Mark, count: int) -> int:
    """Return the sum."""
    numbers = array("q", range(FIRST, FIRST + count))
    mark("held")
    return sum(numbers)
