"""A thread makes numbers, two compute their digit sums, one adds these up; queues of a hundred places hold back whoever is ahead.

The queues are Python around a deque and a lock, both C. A None says that nothing more comes.
"""

from __future__ import annotations

import queue
from threading import Thread

from bench.workloads.concurrency.digits import digit_sum

WORKERS = 2
PLACES = 100
Queue = queue.Queue[int | None]


def produce(numbers: Queue, items: int) -> None:
    for n in range(items):
        numbers.put(n)
    for _ in range(WORKERS):
        numbers.put(None)


def work(numbers: Queue, sums: Queue) -> None:
    while (n := numbers.get()) is not None:
        sums.put(digit_sum(n))
    sums.put(None)


def consume(sums: Queue) -> int:
    total = 0
    for _ in range(WORKERS):
        while (found := sums.get()) is not None:
            total += found
    return total


def run(items: int) -> int:
    numbers, sums = Queue(PLACES), Queue(PLACES)
    threads = [
        Thread(target=produce, args=(numbers, items)),
        *(Thread(target=work, args=(numbers, sums)) for _ in range(WORKERS)),
    ]
    for thread in threads:
        thread.start()
    total = consume(sums)
    for thread in threads:
        thread.join()
    return total
