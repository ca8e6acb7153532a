"""Worker processes, started by forkserver: a worker is a copy of a small process that is kept for the purpose."""

from __future__ import annotations

from bench.workloads.concurrency import worker_processes


def run(count: int) -> int:
    return worker_processes.spawn("forkserver", count)
