"""Runs the commands of toolchains: each in a process group of its own, which is ended at a time limit and when interrupted."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

LIMIT = 1800.0
"""Seconds that a command may take: a first build, or a first download, takes minutes on a slow machine."""
PATIENCE = 5.0
"""Seconds in which a command may remove its temporary files once it is interrupted."""
STDERR_KEPT = 2000

_running: set[subprocess.Popen[str]] = set()


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and whether it succeeded."""

    stdout: str
    failure: str | None
    """Exit status and the end of standard error, or the time limit; None when it exited with 0."""


def run(
    command: Sequence[str | Path], *, cwd: Path | None = None, environment: Mapping[str, str] | None = None, limit: float = LIMIT
) -> Outcome:
    """Run a command to its end, or for `limit` seconds.

    Args:
        command: the program and its arguments.
        cwd: where it runs; the harness's own folder if None.
        environment: its variables; the harness's own if None.
        limit: seconds.

    Raises:
        OSError: it cannot be started.
    """
    with subprocess.Popen(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        _running.add(process)
        try:
            stdout, stderr = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            _end(process)
            return Outcome("", f"not ended within {limit:.0f} s, its time limit")
        except BaseException:
            _end(process)
            raise
        finally:
            _running.discard(process)
    failure = f"exit status {process.returncode}: {stderr.strip()[-STDERR_KEPT:]}" if process.returncode else None
    return Outcome(stdout, failure)


def end_all() -> None:
    """End what other threads run; each `run` then returns with a failure."""
    for process in tuple(_running):
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """Interrupt a command, so that it removes its temporary files; then kill what is left of its group."""
    _signal(process, signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE)
    _signal(process, signal.SIGKILL)


def _signal(process: subprocess.Popen[str], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
