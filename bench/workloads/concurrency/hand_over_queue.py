"""Numbers go to another thread and come back, one at a time, through two queues. The answer is their sum.

A queue is Python around a deque and a lock, both C.
"""

from __future__ import annotations

from queue import Queue
from threading import Thread


def echo(there: Queue[int], back: Queue[int], trips: int) -> None:
    for _ in range(trips):
        back.put(there.get())


def run(trips: int) -> int:
    there: Queue[int] = Queue()
    back: Queue[int] = Queue()
    partner = Thread(target=echo, args=(there, back, trips))
    partner.start()
    total = 0
    for n in range(trips):
        there.put(n)
        total += back.get()
    partner.join()
    return total
