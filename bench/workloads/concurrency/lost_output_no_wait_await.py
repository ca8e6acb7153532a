"""Starts tasks that give way once before they do their work, and returns at once: `asyncio.run` cancels what is left."""

from __future__ import annotations

import asyncio

from bench.workloads.concurrency.background import Outputs, piece, repeat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


async def work(outputs: Outputs, n: int) -> None:
    await asyncio.sleep(0)
    piece(outputs, n)


async def main(outputs: Outputs) -> None:
    tasks = [asyncio.create_task(work(outputs, n)) for n in range(len(outputs))]
    del tasks


def run(mark: Mark, count: int) -> int:
    return repeat(mark, 50, count, lambda outputs: asyncio.run(main(outputs)))
