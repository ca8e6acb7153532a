"""The light task on an event loop, the job in a thread beside it."""

from __future__ import annotations

import asyncio

from bench.workloads.concurrency.mixed import beside
from bench.workloads.concurrency.primes import count_primes

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself takes memory
    from bench.workloads.report import Mark


async def job(bound: int) -> int:
    return await asyncio.to_thread(count_primes, bound)


def run(mark: Mark, wakes: int, bound: int) -> int:
    return asyncio.run(beside(job, mark, wakes, bound))
