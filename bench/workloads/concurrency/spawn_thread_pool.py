"""Gives a pool of eight threads calls that each return a number, waits for all of them, and adds up what they returned.

The threads are started once. What is paid for is a future, a place in the queue and a change of threads.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor


def prepare(count: int) -> dict[str, object]:
    return {"pool": ThreadPoolExecutor(max_workers=8), "count": count}


def number(n: int) -> int:
    return n


def run(pool: ThreadPoolExecutor, count: int) -> int:
    futures = [pool.submit(number, n) for n in range(count)]
    return sum(future.result() for future in futures)
