"""Worker processes that are forked from a server process, which has little more than the interpreter in memory."""

from __future__ import annotations

from multiprocessing import get_context

from bench.workloads.memory.process_workers import hold

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


def run(mark: Mark, count: int) -> int:
    """Return how many workers did their work."""
    return hold(mark, count, get_context("forkserver"))
