"""Payments grouped by country while `csv` reads them: the memory that takes."""

from __future__ import annotations

from bench.workloads.data import group_by_standard
from bench.workloads.data.payments_standard import payments

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


def run(mark: Mark, table: str) -> int:
    """Return how many countries there are."""
    cells = group_by_standard.run(payments(table))
    mark("answered")
    return len(cells) // 5
