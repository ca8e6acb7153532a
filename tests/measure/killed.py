"""A harness that is killed, and what is left of it: nothing, within seconds."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil

from bench.catalog.loader import ROOT
from tests.measure import hangs

LIMIT = 60.0
"""Seconds in which the harness has to come to where it is killed, and in which its folders have to be removed."""


def assert_nothing_left(text: str, arguments: Sequence[str], reached: Path, temporary: Path, *folders: Path) -> None:
    """Run a harness until a file exists, kill it, and see that no process of it is left, and nothing in its folders.

    Args:
        text: the harness, a Python program.
        arguments: its arguments.
        reached: the file, with ids of processes that its own may not know.
        temporary: where it has its temporary files.
        folders: others in which it leaves nothing.
    """
    temporary.mkdir(exist_ok=True)
    before = {folder: sorted(folder.iterdir()) for folder in (temporary, *folders)}
    with harness(text, arguments, temporary) as running:
        await_file(running, reached)
        family = [one.pid for one in psutil.Process(running.pid).children(recursive=True)]
        named = [int(pid) for pid in reached.read_text(encoding="utf-8").split()]
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        assert set(named) <= set(family)
        assert hangs.orphans_gone(family)
    until = time.monotonic() + LIMIT
    while {folder: sorted(folder.iterdir()) for folder in before} != before:
        assert time.monotonic() < until, before
        time.sleep(0.01)


@contextlib.contextmanager
def harness(text: str, arguments: Sequence[str], temporary: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a harness in a process of its own."""
    command = [sys.executable, "-c", text, *arguments]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "TMPDIR": str(temporary)}, stderr=subprocess.PIPE) as running:
        try:
            yield running
        finally:
            running.kill()


def await_file(running: subprocess.Popen[bytes], path: Path) -> None:
    """Wait until a file exists, which the harness or what it has started writes."""
    until = time.monotonic() + LIMIT
    while not path.exists():
        if running.poll() is not None and running.stderr:
            raise AssertionError(running.stderr.read().decode())
        assert time.monotonic() < until
        time.sleep(0.01)
