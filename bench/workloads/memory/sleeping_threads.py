"""Threads that sleep for an hour: each is a thread of the operating system, which sleeps in the kernel."""

from __future__ import annotations

import threading
import time

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


def sleep(started: threading.Semaphore) -> None:
    started.release()
    time.sleep(3600)


def run(mark: Mark, count: int) -> int:
    """Return how many threads are still asleep at the end; the process ends without them."""
    started = threading.Semaphore(0)
    threads = [threading.Thread(target=sleep, args=(started,), daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for _ in threads:
        started.acquire()
    mark("held")
    return sum(thread.is_alive() for thread in threads)
