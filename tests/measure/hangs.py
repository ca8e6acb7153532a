"""Programs that hang, and time limits that end only once a program has come to where it hangs: no test waits or guesses."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from bench.measure.processes import children, process

TEXT = """
import os, pathlib, subprocess, sys, time

def run(mark, **arguments):
    print("stuck", file=sys.stderr, flush=True)
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], **{escape!r})
    written = pathlib.Path({reached!r})
    written.with_suffix(".part").write_text(f"{{os.getpid()}} {{child.pid}}")
    written.with_suffix(".part").replace(written)
    time.sleep(600)
"""


def program(reached: Path, *, escapes: bool = False) -> str:
    """Return a program that says "stuck", starts a process, writes both processes' ids to a file and hangs.

    A process that escapes leaves the program's group and has none of its variables.
    """
    escape = {"start_new_session": True, "env": {}} if escapes else {}
    return TEXT.format(reached=str(reached), escape=escape)


def let_run_out(monkeypatch: pytest.MonkeyPatch, reached: Path) -> None:
    """Let a time limit of 77 s be over once `reached` exists."""
    monkeypatch.setattr(children, "expired", lambda _: reached.exists())
    monkeypatch.setattr(process, "TIME_LIMIT", 77.0)


def orphans_gone(pids: Iterable[int]) -> bool:
    """Whether processes have ended that no program here has started; those that this process has adopted are waited for."""
    pids = list(pids)
    ended = all(gone(pid) for pid in pids)
    for pid in pids:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
    return ended


def gone(pid: int) -> bool:
    """Whether a process has ended, within ten seconds; a zombie that init has yet to reap has."""
    limit = time.monotonic() + 10
    while time.monotonic() < limit:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):  # the latter where it ends between opening and reading
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False
