"""Worker processes, started by spawn: a worker is a new interpreter, which imports what it is to run."""

from __future__ import annotations

from bench.workloads.concurrency import worker_processes


def run(count: int) -> int:
    return worker_processes.spawn("spawn", count)
