from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from bench.records import locks
from bench.records.locks import HeldError

HOLDER = """
import pathlib, sys, time
from bench.records import locks
with locks.writing(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    """Return another process that holds the lock of `tmp_path`."""
    started = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert started.stdout
    assert started.stdout.readline() == "held\n"
    return started


def ended(holder: subprocess.Popen[str], number: signal.Signals) -> None:
    holder.send_signal(number)
    holder.communicate()


def test_the_second_writer_is_told_who_holds_the_run_and_since_when(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(HeldError) as caught, locks.writing(tmp_path):
        pass
    ended(holder, signal.SIGTERM)
    assert str(caught.value).startswith(f"the run {tmp_path.name} is being measured by process {holder.pid} of ")
    assert " since 20" in str(caught.value)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_lock_is_free_once_its_holder_has_ended_however(
    tmp_path: Path, holder: subprocess.Popen[str], number: signal.Signals
) -> None:
    ended(holder, number)
    with locks.writing(tmp_path):
        pass


def test_a_process_that_the_holder_started_does_not_hold_the_lock(tmp_path: Path) -> None:
    with locks.writing(tmp_path):
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], close_fds=False)
    with locks.writing(tmp_path):
        pass
    child.kill()
    child.wait()


def test_a_machine_is_measured_by_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "MACHINE", tmp_path / "machine.lock")
    script = HOLDER.replace("locks.writing(pathlib.Path(sys.argv[1]))", "locks.measuring()")
    script = script.replace("with locks", "locks.MACHINE = pathlib.Path(sys.argv[1])\nwith locks", 1)
    other = subprocess.Popen([sys.executable, "-c", script, str(locks.MACHINE)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert other.stdout
    assert other.stdout.readline() == "held\n"
    with pytest.raises(HeldError, match=rf"this machine is being measured by process {other.pid} of "), locks.measuring():
        pass
    ended(other, signal.SIGKILL)
