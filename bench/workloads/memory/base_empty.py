"""A program that does nothing: what is measured is the interpreter and what it imports at its start."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


def run(mark: Mark) -> int:
    mark("held")
    return 0
