"""Starts tasks and sleeps for a millisecond, in the hope that they are done by then."""

from __future__ import annotations

import asyncio

from bench.workloads.concurrency.background import Outputs, piece, repeat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


async def work(outputs: Outputs, n: int) -> None:
    piece(outputs, n)


async def main(outputs: Outputs) -> None:
    tasks = [asyncio.create_task(work(outputs, n)) for n in range(len(outputs))]
    await asyncio.sleep(0.001)
    del tasks


def run(mark: Mark, count: int) -> int:
    return repeat(mark, 50, count, lambda outputs: asyncio.run(main(outputs)))
