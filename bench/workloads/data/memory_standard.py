"""Payments read with `csv`, as objects, and grouped by country: the memory that takes."""

from __future__ import annotations

from bench.workloads.data import group_by_standard

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


def run(mark: Mark, table: str) -> int:
    """Return how many countries there are."""
    cells = group_by_standard.run(**group_by_standard.prepare(table))
    mark("answered")
    return len(cells) // 5
