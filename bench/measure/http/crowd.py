"""Idle WebSockets: `go_examples/crowd` opens them to a server, counts the pings on each, and times what is broadcast to all.

After `start` an invocation of such an entry has these marks:

- `open`: as many connections as the entry says are open, and none has had anything to do.
- `broadcast`: the server has sent all of them a message of 100 bytes, several times, and was asked for the next when all had it.
  `p50` and `p99` are of the seconds until a connection has it, `last` is the time until the last one has.
- `idle`: for the time between two pings nothing has happened but these: the server has pinged each connection, and the client has
  answered. `minute` is what a minute of that costs in CPU seconds.

`per_connection` is by how much the memory of the server's processes has grown since `start`, in bytes for each connection.
"""

from __future__ import annotations

import contextlib
import math
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bench.catalog import Benchmark
from bench.measure.http import generator
from bench.measure.http.generator import Generator
from bench.measure.http.serving import Server
from bench.measure.instruments import commands
from bench.measure.instruments.base import MeasureContext
from bench.measure.processes import procfs

PACKAGE = "crowd"
ENDPOINT = "idle"
BROADCASTS = 20
WARM_UP = 2
"""Broadcasts that precede these: the first find no buffers."""
SLOWEST = 50.0
"""Connections a second that a server has to accept."""
LATEST = 60.0
"""Seconds in which a broadcast and what is asked of the client have to be done, far beyond what they take."""
OTHER_FILES = 256
"""Files that a process has open besides its connections: libraries' and the runtime's."""
TRACKED = 3
"""Times the connections for which a firewall's table has to have room: those that were closed lately are still in it."""
EACH = 256 << 10
"""Bytes for each connection, in server, client and kernel: half as much again as the server takes that takes most."""
CONNTRACK = Path("/proc/sys/net/netfilter/nf_conntrack_max")


class Limits(NamedTuple):
    """How many connections a host has room for."""

    files: float
    """That a process may have open, at most."""
    tracked: float
    """Connections in the firewall's table; infinite without one."""
    memory: int
    """Bytes that are available."""


def asked(benchmark: Benchmark) -> bool:
    """Whether a benchmark's connections are idle WebSockets."""
    return benchmark.input.get("endpoint") == ENDPOINT


def forbidden(benchmark: Benchmark) -> str | None:
    """Return why a benchmark's connections cannot all be opened here, if they cannot."""
    return missing(int(benchmark.input["connections"]), limits()) if asked(benchmark) else None


def limits() -> Limits:
    """Return what this host has room for."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    tracked = math.inf
    with contextlib.suppress(FileNotFoundError):
        tracked = int(CONNTRACK.read_text(encoding="ascii"))
    return Limits(math.inf if hard == resource.RLIM_INFINITY else hard, tracked, procfs.available())


def missing(connections: int, host: Limits) -> str | None:
    """Say which of a host's limits so many connections are beyond, and what would raise it."""
    files, tracked, memory = connections + OTHER_FILES, TRACKED * connections, EACH * connections
    if files > host.files:
        return (
            f"{connections:,} connections take {files:,} open files in one process, and the hard limit here is {host.files:,.0f} "
            f"(ulimit -Hn {files})"
        )
    if tracked > host.tracked:
        return (
            f"{connections:,} connections take {tracked:,} places in the kernel's table of connections, which has "
            f"{host.tracked:,.0f} here (sysctl net.netfilter.nf_conntrack_max={tracked})"
        )
    if memory > host.memory:
        return (
            f"{connections:,} connections may take {memory / 1e9:.1f} GB of memory at both ends, and {host.memory / 1e9:.1f} GB "
            "are available here"
        )
    return None


@contextlib.contextmanager
def running(context: MeasureContext) -> Iterator[Generator]:
    """Run the client beside the measured server.

    Raises:
        HarnessError: it does not start.
    """
    with generator.started(context, [str(commands.binary(context, PACKAGE))], context.other_cpus) as (client, _):
        yield Generator(client)


def marks(context: MeasureContext, server: Server, benchmark: Benchmark) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each mark after `start`, with what was read there.

    Raises:
        LoadError: a connection was refused or closed, was never pinged, or did not get what was broadcast.
        HarnessError: the client has failed.
    """
    connections, period = int(benchmark.input["connections"]), float(benchmark.input["ping"])
    at_rest = server.proportional

    def read() -> dict[str, float]:
        proportional = server.proportional
        return {
            "connections": float(connections),
            "proportional": proportional,
            "per_connection": (proportional - at_rest) / connections,
        }

    with running(context) as client:
        plan = {"mode": "open", "target": f"127.0.0.1:{server.port}", "connections": connections}
        answer = client.phase(plan, LATEST + connections / SLOWEST)
        yield "open", {**read(), **answer}
        client.phase({"mode": "broadcast", "times": WARM_UP}, LATEST * WARM_UP)
        answer = client.phase({"mode": "broadcast", "times": BROADCASTS}, LATEST * BROADCASTS)
        yield "broadcast", {**read(), **answer}
        before = server.cpu_seconds
        answer = client.phase({"mode": "idle", "seconds": period}, period + LATEST)
        spent = server.cpu_seconds - before
        yield "idle", {**read(), **answer, "minute": 60 * spent / answer["seconds"]}
