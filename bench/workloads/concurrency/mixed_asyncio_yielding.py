"""The light task and the job on one event loop; the job lets others have their turn after each thousand of numbers."""

from __future__ import annotations

import asyncio

from bench.workloads.concurrency.mixed import beside
from bench.workloads.concurrency.primes import count_primes

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself takes memory
    from bench.workloads.report import Mark


async def job(bound: int) -> int:
    found = 0
    for first in range(2, bound, 1000):
        found += count_primes(min(bound, first + 1000), first)
        await asyncio.sleep(0)
    return found


def run(mark: Mark, wakes: int, bound: int) -> int:
    return asyncio.run(beside(job, mark, wakes, bound))
