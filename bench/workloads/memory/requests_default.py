"""Requests beside a large heap, with the collector as it comes. It is there for cycles; reference counts free the rest."""

from __future__ import annotations

from bench.workloads.memory.request_loop import load, serve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


def run(mark: Mark, records: int, lines: int, requests: int) -> int:
    return serve(mark, load(records, lines), lines, requests)
