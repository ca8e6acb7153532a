from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from bench.measure.host import tools
from tests.measure import hangs

HARNESS = """
import signal, sys
from bench.measure.host import tools
signal.signal(signal.SIGINT, signal.default_int_handler)
tools.run([sys.executable, "-c", sys.argv[1]])
"""


def python(program: str, **options: float) -> tools.Outcome:
    return tools.run([sys.executable, "-c", program], **options)  # type: ignore[arg-type] # only `limit` is given


def hanging(reached: Path) -> str:
    """Return a program that starts a process, writes both processes' ids to a file, and hangs."""
    return hangs.program(reached) + "\nrun(None)"


def pids(reached: Path) -> list[int]:
    """Return what a hanging program writes, once it is there."""
    limit = time.monotonic() + 30
    while not reached.exists():
        assert time.monotonic() < limit
        time.sleep(0.01)
    return [int(pid) for pid in reached.read_text(encoding="utf-8").split()]


def test_what_a_command_prints_is_returned() -> None:
    assert python("print('hello')") == tools.Outcome("hello\n", None)


def test_a_failure_is_the_exit_status_and_the_end_of_standard_error() -> None:
    failure = python("import sys; sys.exit('x' * 5000 + 'why')").failure
    assert failure is not None
    assert failure.startswith("exit status 1: xxx")
    assert failure.endswith("why")
    assert len(failure) < 2100


def test_output_that_is_no_text_is_returned_all_the_same() -> None:
    assert python(r"import sys; sys.stdout.buffer.write(b'a\xffb')").stdout == "a\ufffdb"


def test_a_command_that_reads_its_input_finds_none() -> None:
    assert python("import sys; print(repr(sys.stdin.read()))").stdout == "''\n"


def test_a_command_is_ended_with_those_that_it_started_at_its_time_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reached = tmp_path / "reached"
    communicate = subprocess.Popen.communicate

    def until_reached(self: subprocess.Popen[str], timeout: float) -> tuple[str, str]:
        pids(reached)
        return communicate(self, timeout=timeout)

    monkeypatch.setattr(subprocess.Popen, "communicate", until_reached)
    outcome = python(hanging(reached), limit=0.01)
    assert outcome.failure == "not ended within 0 s, its time limit"
    assert all(hangs.gone(pid) for pid in pids(reached))


def test_a_command_that_ignores_the_interrupt_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools, "PATIENCE", 0.01)
    reached = tmp_path / "reached"
    program = "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n" + hanging(reached)
    ended: list[tools.Outcome] = []
    thread = threading.Thread(target=lambda: ended.append(python(program)))
    thread.start()
    started = pids(reached)
    tools.end_all()
    thread.join()
    assert all(hangs.gone(pid) for pid in started)
    assert ended[0].failure is not None
    assert ended[0].failure.startswith("exit status -9")


def test_a_command_is_interrupted_first_so_that_it_can_clean_up(tmp_path: Path) -> None:
    reached, cleaned = tmp_path / "reached", tmp_path / "cleaned"
    program = f"import atexit, pathlib; atexit.register(pathlib.Path({str(cleaned)!r}).touch)\n{hanging(reached)}"
    thread = threading.Thread(target=python, args=(program,))
    thread.start()
    pids(reached)
    tools.end_all()
    thread.join()
    assert cleaned.exists()


def test_an_interrupted_harness_leaves_no_process(tmp_path: Path) -> None:
    reached = tmp_path / "reached"
    harness = subprocess.Popen([sys.executable, "-c", HARNESS, hanging(reached)], cwd=ROOT, stderr=subprocess.DEVNULL)
    started = pids(reached)
    os.kill(harness.pid, signal.SIGINT)
    assert harness.wait(30) == -signal.SIGINT
    assert all(hangs.gone(pid) for pid in started)


def test_a_command_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        tools.run(["/nowhere/go"])
