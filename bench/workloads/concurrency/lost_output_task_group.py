"""Starts tasks in a group and waits until all of them are done."""

from __future__ import annotations

import asyncio

from bench.workloads.concurrency.background import Outputs, piece, repeat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


async def work(outputs: Outputs, n: int) -> None:
    piece(outputs, n)


async def main(outputs: Outputs) -> None:
    async with asyncio.TaskGroup() as group:
        for n in range(len(outputs)):
            group.create_task(work(outputs, n))


def run(mark: Mark, count: int) -> int:
    return repeat(mark, 50, count, lambda outputs: asyncio.run(main(outputs)))
