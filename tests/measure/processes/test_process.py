from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path
from subprocess import Popen

import pytest

from bench.measure.host import cgroup, machine
from bench.measure.processes import process
from bench.measure.processes.process import Finished

PINNING = pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the platform has no pinning")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def python(program: str, *, cpus: tuple[int, ...] = (), **environment: str) -> Finished:
    """Run a Python program as a measured process."""
    return process.run([sys.executable, "-c", program], cwd=Path("/"), environment=environment, cpus=cpus)


def alive(pid: int) -> bool:
    """Whether a process runs; a zombie that init has yet to reap does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_a_process_that_ends_well_has_no_failure() -> None:
    finished = python("print('done')")
    assert (finished.stdout, finished.failure) == ("done\n", None)


def test_a_failure_says_exit_status_and_standard_error() -> None:
    assert python("import sys; sys.exit('no such input')").failure == "exit status 1: no such input"


def test_a_failure_without_standard_error_says_what_was_printed() -> None:
    assert python("print('panic'); raise SystemExit(3)").failure == "exit status 3: panic"


def test_a_failure_keeps_only_the_end_of_standard_error() -> None:
    failure = python("import sys; sys.exit('x' * 10_000 + 'the end')").failure
    assert failure is not None
    assert failure.endswith("the end")
    assert len(failure) < process.STDERR_KEPT + 50


def test_a_killed_process_is_a_failure() -> None:
    assert python("import os; os.kill(os.getpid(), 9)").failure == "exit status -9: "


def test_output_that_is_not_text_is_no_error() -> None:
    assert python(r"import sys; sys.stdout.buffer.write(b'\xff')").stdout == "\ufffd"


def test_the_process_gets_the_given_environment_only() -> None:
    program = "import os; print(sorted(set(os.environ) - {'LC_CTYPE', '__CF_USER_TEXT_ENCODING'}))"
    assert python(program, ONE="1").stdout == "['ONE']\n"


@LINUX
def test_a_hung_process_is_killed_with_its_whole_group(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "TIME_LIMIT", 1.0)
    program = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid, flush=True)\n"
        "print('stuck', file=sys.stderr, flush=True)\n"
        "time.sleep(600)\n"
    )
    finished = python(program)
    assert finished.failure == "killed after 1 s: stuck"
    child, limit = int(finished.stdout), time.monotonic() + 10
    while alive(child) and time.monotonic() < limit:
        time.sleep(0.01)
    assert not alive(child)


@LINUX
def test_an_interrupted_harness_leaves_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    communicate = Popen.communicate

    def interrupted(self: Popen[str], timeout: float | None = None) -> tuple[str, str]:
        started.append(self.pid)
        if len(started) == 1:
            raise KeyboardInterrupt
        return communicate(self, timeout=timeout)

    monkeypatch.setattr(Popen, "communicate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        python("import time; time.sleep(600)")
    assert not alive(started[0])
    assert gc.isenabled()


@PINNING
def test_the_process_is_pinned_and_the_harness_is_not() -> None:
    before = os.sched_getaffinity(0)
    cpu = max(before)
    assert python("import os; print(os.sched_getaffinity(0))", cpus=(cpu,)).stdout == f"{{{cpu}}}\n"
    assert os.sched_getaffinity(0) == before


def test_context_switches_are_the_childs() -> None:
    finished = python("import time\nfor _ in range(50): time.sleep(0.0001)")
    assert finished.voluntary_switches >= 50


def test_the_duration_is_of_the_whole_process() -> None:
    assert python("import time; time.sleep(0.2)").seconds >= 0.2


def test_shares_and_counts_are_in_range() -> None:
    finished = python("", cpus=machine.cpus()[0])
    assert 0 <= finished.steal <= 1
    assert min(finished.involuntary_switches, finished.throttled, finished.swapped) >= 0


def test_the_harness_does_not_collect_garbage_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    communicate = Popen.communicate

    def watched(self: Popen[str], timeout: float | None = None) -> tuple[str, str]:
        seen.append(gc.isenabled())
        return communicate(self, timeout=timeout)

    monkeypatch.setattr(Popen, "communicate", watched)
    python("")
    assert [*seen, gc.isenabled()] == [False, True]


@LINUX
@PINNING
def test_steal_is_the_share_of_the_pinned_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    cpu = max(os.sched_getaffinity(0))
    stat = iter(
        [
            f"cpu 0 0 0 900 0 0 0 0 0 0\ncpu{cpu} 0 0 0 100 0 0 0 0 0 0",
            f"cpu 0 0 0 950 0 0 0 1 0 0\ncpu{cpu} 5 0 0 170 0 0 0 25 0 0",
        ]
    )
    monkeypatch.setattr(process, "_lines", lambda path: next(stat).splitlines() if path == Path("/proc/stat") else [])
    assert python("", cpus=(cpu,)).steal == 0.25


def test_a_platform_without_counters_counts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_lines", lambda _: [])
    monkeypatch.setattr(cgroup, "throttled", lambda: 0)
    finished = python("")
    assert (finished.steal, finished.throttled, finished.swapped) == (0.0, 0, 0)
