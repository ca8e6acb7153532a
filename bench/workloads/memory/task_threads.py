"""Threads that wait for one event. Each is a thread of the operating system with a stack and an interpreter state of its own."""

from __future__ import annotations

import threading

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark


def wait(started: threading.Semaphore, release: threading.Event, done: list[int]) -> None:
    started.release()
    release.wait()
    done.append(1)


def run(mark: Mark, count: int) -> int:
    """Return how many threads went on after the event."""
    started, release, done = threading.Semaphore(0), threading.Event(), list[int]()
    threads = [threading.Thread(target=wait, args=(started, release, done)) for _ in range(count)]
    for thread in threads:
        thread.start()
    for _ in threads:
        started.acquire()
    mark("held")
    release.set()
    for thread in threads:
        thread.join()
    return sum(done)
