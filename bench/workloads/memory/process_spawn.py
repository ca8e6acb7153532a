"""Worker processes that are spawned: each is an interpreter that starts anew and shares files of the system only."""

from __future__ import annotations

from multiprocessing import get_context

from bench.workloads.memory.process_workers import hold

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


def run(mark: Mark, count: int) -> int:
    """Return how many workers did their work."""
    return hold(mark, count, get_context("spawn"))
