"""Starts tasks that never wait, and returns from the main coroutine at once: `asyncio.run` cancels what is left, if any is."""

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
    del tasks


def run(mark: Mark, count: int) -> int:
    return repeat(mark, 50, count, lambda outputs: asyncio.run(main(outputs)))
