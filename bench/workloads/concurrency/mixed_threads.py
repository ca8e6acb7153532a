"""The light task and the job in a thread each."""

from __future__ import annotations

import threading

from bench.workloads.concurrency.mixed import report, turns
from bench.workloads.concurrency.primes import count_primes

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself takes memory
    from bench.workloads.report import Mark


def run(mark: Mark, wakes: int, bound: int) -> int:
    idle = turns(wakes)
    results = [count_primes(bound)]
    ended = threading.Event()

    def work() -> None:
        while not ended.is_set():
            results.append(count_primes(bound))

    working = threading.Thread(target=work)
    working.start()
    late = turns(wakes)
    ended.set()
    working.join()
    return report(mark, idle, late, results)
