"""The light task and the job on one event loop, which has nothing else to do while the job computes."""

from __future__ import annotations

import asyncio

from bench.workloads.concurrency.mixed import beside
from bench.workloads.concurrency.primes import count_primes

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself takes memory
    from bench.workloads.report import Mark


async def job(bound: int) -> int:
    found = count_primes(bound)
    await asyncio.sleep(0)
    return found


def run(mark: Mark, wakes: int, bound: int) -> int:
    return asyncio.run(beside(job, mark, wakes, bound))
