"""Requests beside a large heap, with the collector off: nothing ever frees the orders, because they are in cycles."""

from __future__ import annotations

import gc

from bench.workloads.memory.request_loop import load, serve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


def run(mark: Mark, records: int, lines: int, requests: int) -> int:
    cache = load(records, lines)
    gc.collect()
    gc.disable()
    return serve(mark, cache, lines, requests)
