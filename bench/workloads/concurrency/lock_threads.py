"""Takes a lock of threads that nobody else wants, adds one to a counter, and releases it, again and again. The lock is C."""

from __future__ import annotations

import threading

from bench.workloads.concurrency.counter import Counter


def run(count: int) -> int:
    counter = Counter(threading.Lock())
    for _ in range(count):
        with counter.lock:
            counter.value += 1
    return counter.value
