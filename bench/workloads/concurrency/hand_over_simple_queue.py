"""Numbers go to another thread and come back, one at a time, through two queues. The answer is their sum.

A simple queue is C, all of it.
"""

from __future__ import annotations

from queue import SimpleQueue
from threading import Thread


def echo(there: SimpleQueue[int], back: SimpleQueue[int], trips: int) -> None:
    for _ in range(trips):
        back.put(there.get())


def run(trips: int) -> int:
    there: SimpleQueue[int] = SimpleQueue()
    back: SimpleQueue[int] = SimpleQueue()
    partner = Thread(target=echo, args=(there, back, trips))
    partner.start()
    total = 0
    for n in range(trips):
        there.put(n)
        total += back.get()
    partner.join()
    return total
