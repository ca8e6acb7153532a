"""The load generator's process: `go_examples/load`, which is the upstream of the measured servers as well."""

from __future__ import annotations

import contextlib
import json
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measure.http.serving import LoadError
from bench.measure.instruments import commands
from bench.measure.instruments.base import HarnessError, MeasureContext
from bench.measure.processes import process

PACKAGE = "load"
SCHEMA = Path("bench") / "workloads" / "web" / "schema.sql"
"""What fills the database: the generator reads the fortunes that it has to expect from it."""
PATIENCE = 30.0
"""Seconds that a phase may take beyond its own."""


@dataclass(frozen=True)
class Generator:
    """A running load generator, or another client that makes phases."""

    process: subprocess.Popen[str]
    upstream: str = ""
    """Address of its upstream, which is slow, or all services of a gateway: host:port; of another client, nothing."""

    def phase(self, plan: Mapping[str, object], seconds: float) -> dict[str, Any]:
        """Run a phase of so many seconds; return its metrics.

        Raises:
            LoadError: the server was refused.
            HarnessError: the generator ended, or did not answer.
        """
        hung = threading.Timer(seconds + PATIENCE, process.kill_group, (self.process.pid,))
        hung.start()
        try:
            answer = self._answer(json.dumps(plan))
        finally:
            hung.cancel()
        if not answer:
            status = self.process.wait()
            raise HarnessError(
                f"the load generator ended with exit status {status}; "
                f"it is killed when it takes more than {seconds + PATIENCE:.0f} s for {dict(plan)}"
            )
        metrics: dict[str, Any] = json.loads(answer)
        if "failure" in metrics:
            raise LoadError(str(metrics["failure"]))
        return metrics

    def _answer(self, line: str) -> str:
        if self.process.stdin is None or self.process.stdout is None:
            raise HarnessError("the load generator has no pipes")
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        return self.process.stdout.readline()


@contextlib.contextmanager
def running(
    context: MeasureContext, *, everywhere: bool, weights: str | None = None, key: str | None = None
) -> Iterator[Generator]:
    """Run it beside the measured server, or on all CPUs.

    Args:
        context: the run's.
        everywhere: whether it may use the server's CPUs too.
        weights: the file of the model that it has to expect answers of.
        key: what it signs the tokens of its requests with.

    Raises:
        HarnessError: it does not start.
    """
    cpus = tuple(sorted({*context.cpus, *context.other_cpus})) if everywhere else context.other_cpus
    command = [str(commands.binary(context, PACKAGE)), "-schema", str(context.root / SCHEMA)]
    command += ["-weights", weights] if weights else []
    command += ["-key", key] if key else []
    with started(context, command, cpus) as (helper, greeting):
        if "upstream" not in greeting:
            raise HarnessError(f"{' '.join(command)}: it did not print the address of its upstream")
        yield Generator(helper, str(greeting["upstream"]))


@contextlib.contextmanager
def started(
    context: MeasureContext, command: Sequence[str], cpus: Sequence[int]
) -> Iterator[tuple[subprocess.Popen[str], Mapping[str, object]]]:
    """Run a helper that makes phases, on some CPUs; yield it and the line that it begins with, {} where it did not start."""
    with process.pinned(cpus):
        helper = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
    context.reaper.group(helper.pid)
    try:
        yield helper, json.loads(helper.stdout.readline() or "{}") if helper.stdout else {}
    finally:
        _end(helper)
        context.reaper.released(helper.pid)


def _end(started: subprocess.Popen[str]) -> None:
    """Let a helper end, as it does with its input; kill it if it does not."""
    for pipe in (started.stdin, started.stdout):
        if pipe:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        started.wait(PATIENCE)
    process.kill_group(started.pid)
    started.wait()
