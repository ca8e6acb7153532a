"""Starts threads and waits until all of them are done."""

from __future__ import annotations

from threading import Thread

from bench.workloads.concurrency.background import Outputs, piece, repeat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


def main(outputs: Outputs) -> None:
    threads = [Thread(target=piece, args=(outputs, n)) for n in range(len(outputs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run(mark: Mark, count: int) -> int:
    return repeat(mark, 10, count, main)
