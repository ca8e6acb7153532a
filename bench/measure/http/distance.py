"""A database that is not next door: `go_examples/internal/distance` between a server and PostgreSQL, on the harness's CPUs."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bench.catalog import Benchmark
from bench.measure.instruments import commands
from bench.measure.instruments.base import HarnessError, MeasureContext
from bench.measure.processes import process

PACKAGE = "internal/distance"
KEY = "distance"
"""The key of an entry's input: by how many milliseconds a round trip to the database is longer than the loopback's."""
PORT = 5432
"""PostgreSQL's, where a URL names none."""
PATIENCE = 5.0
"""Seconds in which it has to end when its input does."""


@dataclass(frozen=True)
class Distance:
    """What a server has to its database."""

    context: MeasureContext
    """The run's, with the address that the server is given for the database."""
    forwarder: subprocess.Popen[str] | None = None
    seconds: float = 0.0
    """By which a round trip is longer than the loopback's."""

    def lateness(self) -> dict[str, float]:
        """Return the distance, and how much later the forwarder was since it was last asked, in seconds; nothing without one.

        Raises:
            HarnessError: it has ended.
        """
        if self.forwarder is None:
            return {}
        answer = _asked(self.forwarder)
        return {"distance": self.seconds, **{f"distance_{name}": float(answer[name]) for name in ("late_p50", "late_p99")}}


@contextlib.contextmanager
def between(context: MeasureContext, benchmark: Benchmark) -> Iterator[Distance]:
    """Put the distance of an entry between its servers and the database.

    Raises:
        HarnessError: the forwarder does not start.
    """
    if KEY not in benchmark.input:
        yield Distance(context)
        return
    backend = context.needed()
    place = urlsplit(backend.url)
    to = f"{place.hostname}:{place.port or PORT}"
    command = [str(commands.binary(context, PACKAGE)), "-to", to, "-round-trip", f"{benchmark.input[KEY]}ms"]
    with process.pinned(context.other_cpus):
        forwarder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
    context.reaper.group(forwarder.pid)
    try:
        here = str(_answer(forwarder)["address"])
        url = place._replace(netloc=place.netloc.rpartition("@")[0] + "@" + here).geturl()
        away = float(benchmark.input[KEY]) / 1000
        yield Distance(dataclasses.replace(context, backend=dataclasses.replace(backend, url=url)), forwarder, away)
    finally:
        for pipe in (forwarder.stdin, forwarder.stdout):
            if pipe:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            forwarder.wait(PATIENCE)
        process.kill_group(forwarder.pid)
        forwarder.wait()
        context.reaper.released(forwarder.pid)


def _asked(forwarder: subprocess.Popen[str]) -> dict[str, Any]:
    if forwarder.stdin:
        with contextlib.suppress(BrokenPipeError):
            forwarder.stdin.write("\n")
            forwarder.stdin.flush()
    return _answer(forwarder)


def _answer(forwarder: subprocess.Popen[str]) -> dict[str, Any]:
    line = forwarder.stdout.readline() if forwarder.stdout else ""
    if not line:
        raise HarnessError(f"the forwarder to the database ended with exit status {forwarder.wait()}")
    answer: dict[str, Any] = json.loads(line)
    return answer
