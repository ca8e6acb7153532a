"""The amounts of a small table read and added up with NumPy: the memory that takes."""

from __future__ import annotations

from bench.workloads.data.amounts_numpy import amounts

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


def run(mark: Mark, table: str) -> int:
    """Return the sum in cents."""
    total = float(amounts(table).sum())
    mark("answered")
    return round(100 * total)
