from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from bench.measure.processes import children
from tests.measure import hangs


@pytest.fixture
def python(request: pytest.FixtureRequest) -> Iterator[subprocess.Popen[bytes]]:
    """A Python program that runs, with pipes for what it prints."""
    command = [sys.executable, "-c", request.param]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as running:
        yield running
        running.kill()


def printed(running: subprocess.Popen[bytes], until: float = float("inf")) -> tuple[bytes, bytes]:
    """Return what a process prints to standard output and to standard error."""
    out, err = b"", b""
    for pipe, data in children.chunks(running, until):
        if pipe is running.stdout:
            out += data
        else:
            err += data
    return out, err


@pytest.mark.parametrize("python", ["import sys; print('x' * 10**6); print('y' * 10**6, file=sys.stderr)"], indirect=True)
def test_all_that_a_process_prints_is_read(python: subprocess.Popen[bytes]) -> None:
    assert printed(python) == (b"x" * 10**6 + b"\n", b"y" * 10**6 + b"\n")
    assert python.wait() == 0


@pytest.mark.parametrize("python", ["import os, time; os.close(1); os.close(2); time.sleep(0.2)"], indirect=True)
def test_a_process_that_closes_its_pipes_has_not_ended(python: subprocess.Popen[bytes]) -> None:
    assert printed(python) == (b"", b"")
    assert children.exit_status(python.pid) == 0


@pytest.mark.parametrize(
    "python", ["import time; time.sleep(600)", "import os; os.close(1); os.close(2); import time; time.sleep(600)"], indirect=True
)
def test_a_process_that_does_not_end_is_given_up_at_the_limit(python: subprocess.Popen[bytes]) -> None:
    with pytest.raises(TimeoutError):
        printed(python, time.monotonic() + 0.2)
    assert not children.has_ended(python.pid)


@pytest.mark.parametrize(
    "python",
    ["import subprocess; print(subprocess.Popen(['sleep', '600'], start_new_session=True).pid)"],
    indirect=True,
)
def test_a_child_that_keeps_the_pipes_is_not_waited_for(python: subprocess.Popen[bytes]) -> None:
    out, _ = printed(python)
    os.kill(int(out), 9)
    assert hangs.gone(int(out))


@pytest.mark.parametrize(
    "python",
    ["import subprocess, sys; print(subprocess.Popen(['yes'], start_new_session=True).pid, file=sys.stderr)"],
    indirect=True,
)
def test_a_child_that_writes_on_is_cut_short(python: subprocess.Popen[bytes]) -> None:
    _, err = printed(python)
    os.kill(int(err), 9)
    assert hangs.gone(int(err))


@pytest.mark.parametrize(("end", "status"), [("raise SystemExit(3)", 3), ("import os; os.kill(os.getpid(), 9)", -9), ("", 0)])
def test_the_exit_status_is_known_before_a_child_is_waited_for(end: str, status: int) -> None:
    with subprocess.Popen([sys.executable, "-c", end]) as running:
        os.waitid(os.P_PID, running.pid, os.WEXITED | os.WNOWAIT)
        assert (children.has_ended(running.pid), children.exit_status(running.pid)) == (True, status)
        assert running.wait() == status


def test_a_child_that_runs_has_no_exit_status() -> None:
    with subprocess.Popen(["sleep", "600"]) as running:
        assert children.exit_status(running.pid) is None
        running.kill()
