"""A light task beside a processor-bound job: when the task gets its turn, and how late it is done.

The task is due every few milliseconds, by a grid that is fixed beforehand, so that no wait is left out because another was long.
A turn sends a byte through a pair of sockets. Its lateness runs from the moment planned until the byte has arrived. After a turn
that was late for the next one, too, the task goes on at once.
"""

from __future__ import annotations

import asyncio
import math
import socket
import time

PERIOD = 0.002

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself takes memory
    from collections.abc import Awaitable, Callable

    from bench.workloads.report import Mark


def turns(wakes: int) -> list[float]:
    """Take so many turns in this thread; return their lateness in seconds."""
    late = []
    near, far = socket.socketpair()
    with near, far:
        start = time.perf_counter()
        for turn in range(1, wakes + 1):
            planned = start + turn * PERIOD
            if (early := planned - time.perf_counter()) > 0:
                time.sleep(early)
            near.sendall(b"x")
            far.recv(1)
            late.append(time.perf_counter() - planned)
    return late


async def turns_on_the_loop(wakes: int) -> list[float]:
    """Take so many turns in this task; return their lateness in seconds."""
    late = []
    loop = asyncio.get_running_loop()
    near, far = socket.socketpair()
    with near, far:
        near.settimeout(0)
        far.settimeout(0)
        start = time.perf_counter()
        for turn in range(1, wakes + 1):
            planned = start + turn * PERIOD
            if (early := planned - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            await loop.sock_sendall(near, b"x")
            await loop.sock_recv(far, 1)
            late.append(time.perf_counter() - planned)
    return late


async def beside(job: Callable[[int], Awaitable[int]], mark: Mark, wakes: int, bound: int) -> int:
    """Take the turns alone, and then while one job after another runs; report both."""
    idle = await turns_on_the_loop(wakes)
    results = [await job(bound)]
    ended = False

    async def work() -> None:
        while not ended:
            results.append(await job(bound))

    working = asyncio.create_task(work())
    late = await turns_on_the_loop(wakes)
    ended = True
    await working
    return report(mark, idle, late, results)


def report(mark: Mark, idle: list[float], late: list[float], results: list[int]) -> int:
    """Report quantiles of the lateness without and with the job, and return how many turns there were with it.

    Raises:
        RuntimeError: the job did not run beside the task, or not all its results are the same.
    """
    if len(results) < 2 or len(set(results)) != 1:
        raise RuntimeError(f"the job's results are {results}")
    mark("done", p50=quantile(late, 0.5), p99=quantile(late, 0.99), max=max(late), idle_p99=quantile(idle, 0.99))
    return len(late)


def quantile(values: list[float], share: float) -> float:
    """Return the smallest value that so large a share of the values does not exceed: the nearest rank."""
    return sorted(values)[math.ceil(share * len(values)) - 1]
