"""Starts worker processes that each send a number back, waits for all of them, and adds the numbers up."""

from __future__ import annotations

from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue


def number(numbers: SimpleQueue[int], n: int) -> None:
    numbers.put(n)


def spawn(method: str, count: int) -> int:
    context = get_context(method)
    numbers: SimpleQueue[int] = context.SimpleQueue()
    workers = [context.Process(target=number, args=(numbers, n)) for n in range(count)]  # type: ignore[attr-defined] # each context has it
    for worker in workers:
        worker.start()
    answer = sum(numbers.get() for _ in workers)
    for worker in workers:
        worker.join()
    return answer
