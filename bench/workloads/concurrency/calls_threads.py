"""Makes many HTTP requests at once with urllib3, a thread of a pool for each, over connections that stay open.

urllib3 is Python, and so is the standard library's http.client underneath.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import urllib3

from bench.workloads.concurrency.observed import waits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


class Upstream(NamedTuple):
    """A client that keeps its connections, a pool of threads, the address that is asked, and how often."""

    client: urllib3.PoolManager
    threads: ThreadPoolExecutor
    url: str
    calls: int


def run(mark: Mark, calls: int, milliseconds: int, rounds: int) -> int:
    client, threads = urllib3.PoolManager(maxsize=calls, timeout=30.0), ThreadPoolExecutor(calls)
    upstream = Upstream(client, threads, f"http://{os.environ['UPSTREAM']}/?ms={milliseconds}", calls)
    return waits(mark, lambda: fan_out(upstream), milliseconds / 1000, rounds)


def fan_out(upstream: Upstream) -> int:
    bodies = upstream.threads.map(call, [upstream.client] * upstream.calls, [upstream.url] * upstream.calls)
    return sum(body == b"ok\n" for body in bodies)


def call(client: urllib3.PoolManager, url: str) -> bytes:
    return client.request("GET", url).data
