"""Echoes with an asyncio protocol in uvloop, and says what the processor spends on a message."""

from __future__ import annotations

from bench.workloads.concurrency import echo_protocol_uvloop
from bench.workloads.concurrency.observed import serves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


def run(mark: Mark, connections: int, messages: int, rounds: int) -> int:
    server = echo_protocol_uvloop.prepare(connections, messages)["server"]
    return serves(mark, lambda: echo_protocol_uvloop.run(server, messages), rounds)
