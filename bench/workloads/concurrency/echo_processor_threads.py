"""Echoes with a thread for each connection, and says what the processor spends on a message."""

from __future__ import annotations

from bench.workloads.concurrency import echo_threads
from bench.workloads.concurrency.observed import serves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


def run(mark: Mark, connections: int, messages: int, rounds: int) -> int:
    clients = echo_threads.prepare(connections, messages)["clients"]
    return serves(mark, lambda: echo_threads.run(clients, messages), rounds)
