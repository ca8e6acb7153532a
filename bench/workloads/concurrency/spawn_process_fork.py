"""Worker processes, started by fork: a worker is a copy of this process, whose memory it shares until one of them writes."""

from __future__ import annotations

from bench.workloads.concurrency import worker_processes


def run(count: int) -> int:
    return worker_processes.spawn("fork", count)
