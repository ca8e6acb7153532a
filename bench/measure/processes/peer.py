"""The other end of the wire: the process that serves measured clients and loads measured servers, on the harness's CPUs."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.measure.host import golang
from bench.measure.host.golang import ToolchainError
from bench.measure.processes import process
from bench.measure.processes.reaper import HarnessError, Reaper

PACKAGE = "internal/companion"
PATIENCE = 5.0
"""Seconds in which it has to end when its input does."""


def build(root: Path, binaries: Path) -> None:
    """Build it from the sources at `root` into the folder `binaries`; raises ToolchainError."""
    golang.build(root, PACKAGE, None, _binary(binaries))


@contextlib.contextmanager
def running(binaries: Path, cpus: Sequence[int], reaper: Reaper) -> Iterator[dict[str, str]]:
    """Run it on `cpus`; yield the variables that give the measured program its addresses.

    Raises:
        ToolchainError: it does not start.
        HarnessError: it ended before what needs it did.
    """
    command = [str(_binary(binaries)), *(["-cpus", ",".join(map(str, cpus))] if cpus else [])]
    with process.pinned(cpus):
        running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
    reaper.group(running.pid)
    try:
        ports = running.stdout.readline().split() if running.stdout else []
        if len(ports) != 2:
            raise ToolchainError(f"{' '.join(command)}: it did not print its two ports but {' '.join(ports)!r}")
        try:
            yield {"UPSTREAM": f"127.0.0.1:{ports[0]}", "LOAD": f"127.0.0.1:{ports[1]}"}
        finally:
            if running.poll() is not None:
                raise HarnessError(f"{' '.join(command)} has ended with exit status {running.returncode}")
    finally:
        for pipe in (running.stdin, running.stdout):
            if pipe:
                pipe.close()
        try:
            running.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill_group(running.pid)
            running.wait()
        reaper.released(running.pid)


def _binary(binaries: Path) -> Path:
    return binaries / "commands" / PACKAGE.replace("/", "--")
