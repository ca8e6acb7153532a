"""Echoes with an asyncio protocol, the same server in another loop: uvloop, which is Cython over libuv, and that over epoll."""

from __future__ import annotations

from typing import Any

import uvloop

from bench.workloads.concurrency import echo_protocol
from bench.workloads.concurrency.echo_loop import Serving, serving


def prepare(connections: int, rounds: int) -> dict[str, Any]:
    return {"server": serving(echo_protocol.start, connections, uvloop.new_event_loop), "rounds": rounds}


def run(server: Serving, rounds: int) -> int:
    return server.rounds(rounds)
