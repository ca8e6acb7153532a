"""Starts ten pieces of work, waits for all of them, fails with the first error, and prints the sum: threads of a pool."""

import time
from concurrent.futures import ThreadPoolExecutor


def fetch(text: str) -> int:
    time.sleep(0.01)
    return int(text)


with ThreadPoolExecutor(10) as pool:
    print(sum(pool.map(fetch, map(str, range(10)))))  # noqa: T201 - what anybody would write
