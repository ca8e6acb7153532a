"""Threads that wait for one event. Each is a thread of the operating system with a stack and an interpreter state of its own."""

from __future__ import annotations

import threading

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


def wait(started: threading.Semaphore, release: threading.Event) -> None:
    started.release()
    release.wait()


def run(mark: Mark, count: int) -> int:
    """Return how many threads still wait at the end.

    The process ends without them: to wake thousands of threads at once would take far longer than to start them.
    """
    started, release = threading.Semaphore(0), threading.Event()
    threads = [threading.Thread(target=wait, args=(started, release), daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for _ in threads:
        started.acquire()
    mark("held")
    return sum(thread.is_alive() for thread in threads)
