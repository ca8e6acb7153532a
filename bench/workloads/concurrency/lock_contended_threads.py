"""Threads that take one lock, to add one to one counter, again and again. The answer is what the counter says at the end."""

from __future__ import annotations

import threading

from bench.workloads.concurrency.counter import Counter


def add(counter: Counter[threading.Lock], count: int) -> None:
    for _ in range(count):
        with counter.lock:
            counter.value += 1


def run(workers: int, count: int) -> int:
    counter = Counter(threading.Lock())
    threads = [threading.Thread(target=add, args=(counter, count)) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counter.value
