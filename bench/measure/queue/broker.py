"""The broker's process: `go_examples/internal/broker`, NATS JetStream with its store on disk, which publishes as well."""

from __future__ import annotations

import contextlib
import json
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from bench.catalog import Benchmark
from bench.measure.host.golang import ToolchainError
from bench.measure.instruments import commands
from bench.measure.instruments.base import HarnessError, MeasureContext, path_variables
from bench.measure.processes import process

PACKAGE = "internal/broker"
ACKNOWLEDGED_WITHIN = 30.0
"""Seconds after which a message that is not acknowledged is delivered again: the default of NATS."""
ATTEMPTS = 3
"""Ports that are tried: another process may take one between the moment at which it is found free and its use."""
TAKEN = "address already in use"
"""What the broker then says, in the kernel's words."""
PATIENCE = 30.0
"""Seconds that an answer may take beyond what is asked for."""


@dataclass(frozen=True)
class Progress:
    """How far a consumer is."""

    acknowledged: int
    """Messages that it has acknowledged or terminated."""
    floor: int
    """The number of the last message up to which it has done so with all."""
    redelivered: int
    """Messages that were delivered more than once and are not acknowledged yet."""
    seconds: float
    """How long that was waited for."""


@dataclass(frozen=True)
class Broker:
    """A running broker."""

    process: subprocess.Popen[str]
    url: str

    def publish(self, messages: int, rate: float = 0.0) -> dict[str, float]:
        """Publish so many messages, as many in a second or as fast as it can; return what that was like.

        Raises:
            HarnessError: the broker has ended, or does not answer.
        """
        answer = self._asked({"do": "publish", "messages": messages, "rate": rate}, messages / rate if rate else 0.0)
        return {name: float(metric) for name, metric in answer.items()}

    def consumed(self, until: int, seconds: float) -> Progress:
        """Wait until so many messages are acknowledged since it was started, but no longer than some seconds.

        Raises:
            HarnessError: the broker has ended, or does not answer.
        """
        return Progress(**self._asked({"do": "consume", "until": until, "seconds": seconds}, seconds))

    def _asked(self, order: dict[str, object], seconds: float) -> dict[str, Any]:
        hung = threading.Timer(seconds + PATIENCE, process.kill_group, (self.process.pid,))
        hung.start()
        try:
            answer = self._answer(json.dumps(order))
        finally:
            hung.cancel()
        if not answer:
            raise HarnessError(
                f"the broker ended with exit status {self.process.wait()}; "
                f"it is killed when it takes more than {seconds + PATIENCE:.0f} s for {order}"
            )
        progress: dict[str, Any] = json.loads(answer)
        return progress

    def _answer(self, line: str) -> str:
        if self.process.stdin is None or self.process.stdout is None:
            raise HarnessError("the broker has no pipes")
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        return self.process.stdout.readline()


@contextlib.contextmanager
def running(context: MeasureContext, benchmark: Benchmark, acknowledged_within: float = ACKNOWLEDGED_WITHIN) -> Iterator[Broker]:
    """Run a broker with an empty store on the harness's CPUs, on a port that is free.

    The store is below `build`, as PostgreSQL's is: where the system keeps temporary files may be in memory.

    Raises:
        ToolchainError: it does not start; the message has why.
        HarnessError: the block failed, and the broker had ended.
    """
    with context.reaper.temporary(context.root / "build") as store, tempfile.TemporaryFile("w+") as errors:
        for attempt in range(1, ATTEMPTS + 1):
            started = _start(context, benchmark, store, acknowledged_within, errors.fileno())
            try:
                if greeting := started.stdout.readline() if started.stdout else "":
                    yield Broker(started, str(json.loads(greeting)["url"]))
                    return
            except Exception as error:
                if started.poll() is None:
                    raise
                why = str(error) if isinstance(error, HarnessError) else f"the broker ended with exit status {started.returncode}"
                raise HarnessError(": ".join(filter(None, (why, _end_of(errors))))) from error
            finally:
                _end(started)
                context.reaper.released(started.pid)
            reason = _end_of(errors)
            if attempt == ATTEMPTS or TAKEN not in reason:
                raise ToolchainError(f"the broker does not start: {reason}")


def _end_of(errors: IO[str]) -> str:
    """Return the end of what a broker has written to standard error."""
    errors.seek(0)
    return errors.read()[-process.STDERR_KEPT :].strip()


def _start(
    context: MeasureContext, benchmark: Benchmark, store: Path, acknowledged_within: float, errors: int
) -> subprocess.Popen[str]:
    command = [
        str(commands.binary(context, PACKAGE)),
        *("-store", str(store)),
        *("-port", str(commands.free_port())),
        *("-bodies", path_variables(context, benchmark)["BODIES"]),
        *("-unacknowledged", str(benchmark.input["unacknowledged"])),
        *("-wait", f"{acknowledged_within}s"),
    ]
    with process.pinned(context.other_cpus):
        started = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True
        )
    context.reaper.group(started.pid)
    return started


def _end(started: subprocess.Popen[str]) -> None:
    """Kill the broker: its store is removed, and nothing waits for it."""
    process.kill_group(started.pid)
    for pipe in (started.stdin, started.stdout):
        if pipe:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
    started.wait()
