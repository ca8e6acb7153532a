"""Starts every worker of a pool before anything is measured: executors start theirs when jobs arrive."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import Executor

PATIENCE = 30.0
"""Seconds that workers have to start, on a machine that may be busy."""


def start(pool: Executor, workers: int) -> None:
    """Give the pool as many short waits as it has workers, until each worker has taken one.

    Raises:
        RuntimeError: some workers never did.
    """
    seen: set[tuple[int, int]] = set()
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        seen.update(pool.map(_wait, [0.02] * workers))
        if len(seen) == workers:
            return
    raise RuntimeError(f"only {len(seen)} of {workers} workers have started")


def _wait(seconds: float) -> tuple[int, int]:
    time.sleep(seconds)
    return os.getpid(), threading.get_native_id()
