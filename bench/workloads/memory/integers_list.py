"""A list of whole numbers, all different: references to integer objects."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark

FIRST = 1_000_000  # beyond the small numbers, of which CPython has objects once and for all


def run(mark: Mark, count: int) -> int:
    """Return the sum."""
    numbers = list(range(FIRST, FIRST + count))
    mark("held")
    return sum(numbers)
