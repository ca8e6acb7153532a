"""The light task on an event loop, the job in a process beside it."""

from __future__ import annotations

import asyncio
import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from bench.workloads.concurrency.mixed import beside
from bench.workloads.concurrency.primes import count_primes

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself takes memory
    from bench.workloads.report import Mark


async def main(mark: Mark, wakes: int, bound: int) -> int:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("forkserver")) as pool:
        loop = asyncio.get_running_loop()
        return await beside(lambda bound: loop.run_in_executor(pool, count_primes, bound), mark, wakes, bound)


def run(mark: Mark, wakes: int, bound: int) -> int:
    return asyncio.run(main(mark, wakes, bound))
