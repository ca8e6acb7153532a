"""The light task on an event loop, the job in a thread beside it, which gives up the lock after a tenth of the usual interval."""

from __future__ import annotations

import sys

from bench.workloads.concurrency import mixed_asyncio_thread

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself takes memory
    from bench.workloads.report import Mark


def run(mark: Mark, wakes: int, bound: int) -> int:
    sys.setswitchinterval(0.0005)
    return mixed_asyncio_thread.run(mark, wakes, bound)
