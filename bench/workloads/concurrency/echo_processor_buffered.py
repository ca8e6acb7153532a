"""Echoes with an asyncio protocol that lends the loop a buffer, and says what the processor spends on a message."""

from __future__ import annotations

from bench.workloads.concurrency import echo_buffered
from bench.workloads.concurrency.observed import serves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


def run(mark: Mark, connections: int, messages: int, rounds: int) -> int:
    server = echo_buffered.prepare(connections, messages)["server"]
    return serves(mark, lambda: echo_buffered.run(server, messages), rounds)
