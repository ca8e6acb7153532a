"""The other end of the wire: the process that serves measured clients and loads measured servers, on a CPU of its own."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench.catalog import Benchmark
from bench.measure import golang, process
from bench.measure.golang import ToolchainError
from bench.measure.instrument import Kit

PACKAGE = "internal/companion"
PATIENCE = 5.0
"""Seconds in which it has to end once it is told to."""


def build(kit: Kit, benchmark: Benchmark) -> None:
    """Build it where the benchmark needs it; raises ToolchainError."""
    if benchmark.companion:
        golang.build(kit.root, PACKAGE, None, _binary(kit))


@contextlib.contextmanager
def other_end(kit: Kit, benchmark: Benchmark) -> Iterator[dict[str, str]]:
    """Run it where the benchmark needs it; the variables that are yielded tell the measured program its addresses.

    Raises:
        ToolchainError: it does not start.
    """
    if not benchmark.companion:
        yield {}
        return
    command = [str(_binary(kit)), *(["-cpus", ",".join(map(str, kit.other_cpus))] if kit.other_cpus else [])]
    with process.pinned(kit.other_cpus):
        running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        ports = running.stdout.readline().split() if running.stdout else []
        if len(ports) != 2:
            raise ToolchainError(f"{' '.join(command)}: it did not say its two ports but {' '.join(ports)!r}")
        yield {"UPSTREAM": f"127.0.0.1:{ports[0]}", "LOAD": f"127.0.0.1:{ports[1]}"}
    finally:
        for pipe in (running.stdin, running.stdout):
            if pipe:
                pipe.close()
        try:
            running.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill_group(running.pid)
            running.wait()


def _binary(kit: Kit) -> Path:
    return kit.binaries / "commands" / PACKAGE.replace("/", "--")
