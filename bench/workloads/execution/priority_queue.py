"""A queue of timeouts: one is set at each tick, and those that are due are taken out first. `heapq`, a binary heap in C.

The loop is bytecode, and a timeout is a tuple of when it is due and its number.
"""

from __future__ import annotations

from heapq import heappop, heappush

from bench.workloads.execution.integers import integers

LONGEST = 2**32


def prepare(delays: bytes) -> dict[str, list[int]]:
    decoded = integers(delays)
    if any(not 0 <= delay <= LONGEST for delay in decoded):
        raise ValueError("a delay that is negative or too long")
    return {"delays": decoded}


def run(delays: list[int]) -> list[int]:
    """Return the numbers of the timeouts at evenly spaced places of the order in which they were taken out."""
    queue: list[tuple[int, int]] = []
    fired = []
    for now, delay in enumerate(delays):
        while queue and queue[0][0] <= now:
            fired.append(heappop(queue)[1])
        heappush(queue, (now + delay, now))
    while queue:
        fired.append(heappop(queue)[1])
    return fired[:: max(1, len(fired) // 256)]
