"""Requests beside a large heap: what the start has left is taken out of the collector's sight, which runs less often, too.

The documents of the cache have no cycles, so reference counts still free those that are replaced. The thresholds were found by
trying: a much higher first one makes the pauses longer, because what has become garbage by then is in no cache of the processor.
"""

from __future__ import annotations

import gc

from bench.workloads.memory.request_loop import load, serve

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


def run(mark: Mark, records: int, lines: int, requests: int) -> int:
    cache = load(records, lines)
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 100)
    return serve(mark, cache, lines, requests)
