from __future__ import annotations

import contextlib
import gc
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.catalog.loader import ROOT
from bench.measure.host import cgroup, machine
from bench.measure.processes import children, process, procfs
from bench.measure.processes.process import Finished
from bench.measure.processes.tree import ProcessTree
from tests import observed
from tests.measure import hangs

PINNING = pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the platform has no pinning")
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
MEGABYTE = 1 << 20
HARNESS = """
import os, pathlib, sys
from bench.measure.processes import process, procfs
from bench.measure.processes.reaper import reaper
from bench.measure.processes.tree import ProcessTree

program = "import os\\nfor _ in range(1024): os.write({descriptor}, bytes(1 << 20))\\nos.write({descriptor}, b'the end')"
with reaper() as held:
    tree = ProcessTree(held, (), ())
    finished = process.run([sys.executable, "-c", program], cwd=pathlib.Path("/"), environment=dict(os.environ), tree=tree)
print(int(procfs.memory(os.getpid())["peak"]), len(finished.stdout), finished.failure)
"""
"""Runs a program that prints a gigabyte; says how large it has become itself, how much it has kept, and how that failed."""


def python(program: str, *, cpus: tuple[int, ...] = (), tree: ProcessTree | None = None, **environment: str) -> Finished:
    """Run a Python program as a measured process."""
    command = [sys.executable, "-c", textwrap.dedent(program)]
    return process.run(command, cwd=Path("/"), environment=environment, tree=tree or observed.tree(*cpus))


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
def test_a_hung_process_is_killed_with_its_whole_group(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reached = tmp_path / "reached"
    hangs.let_run_out(monkeypatch, reached)
    finished = python(hangs.program(reached) + "\nrun(None)")
    assert finished.failure == "killed after 77 s: stuck"
    assert all(hangs.gone(int(pid)) for pid in reached.read_text().split())


@LINUX
def test_an_interrupted_harness_leaves_no_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    reached = tmp_path / "reached"

    def interrupt(_: float) -> bool:
        if reached.exists():
            raise KeyboardInterrupt
        return False

    monkeypatch.setattr(children, "expired", interrupt)
    with pytest.raises(KeyboardInterrupt):
        python(hangs.program(reached) + "\nrun(None)")
    assert all(hangs.gone(int(pid)) for pid in reached.read_text().split())
    assert gc.isenabled()


@LINUX
@pytest.mark.parametrize(("descriptor", "failure"), [(1, "killed after it had printed more than 16 MiB: "), (2, "None")])
def test_a_gigabyte_of_output_is_cut_and_not_held(descriptor: int, failure: str) -> None:
    command = [sys.executable, "-c", HARNESS.replace("{descriptor}", str(descriptor))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    peak, kept, reason = done.stdout.rstrip("\n").split(" ", 2)
    assert int(peak) < 200 * MEGABYTE
    assert int(kept) < 20 * MEGABYTE
    assert reason == failure


@LINUX
def test_a_file_that_a_program_writes_ends_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with process.files_limited():
        done = subprocess.run(["sh", "-c", f"exec yes > {path}"], capture_output=True, check=False)
    assert done.returncode != 0
    assert path.stat().st_size == process.MOST_OUTPUT


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
    communicate = process.communicate

    def watched(tree: ProcessTree, command: list[str], *, cwd: Path, environment: dict[str, str]) -> tuple[str, str | None]:
        seen.append(gc.isenabled())
        return communicate(tree, command, cwd=cwd, environment=environment)

    monkeypatch.setattr(process, "communicate", watched)
    python("")
    assert [*seen, gc.isenabled()] == [False, True]


@LINUX
@PINNING
def test_steal_is_the_share_of_the_pinned_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    cpu = max(os.sched_getaffinity(0))
    ticks = iter([{9: ticked(idle=900), cpu: ticked(idle=100)}, {9: ticked(idle=950), cpu: ticked(user=5, idle=170, steal=25)}])
    monkeypatch.setattr(procfs, "cpu_ticks", lambda: next(ticks))
    assert python("", cpus=(cpu,)).steal == 0.25


def test_a_platform_without_counters_counts_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(procfs, "PROC", tmp_path / "none")
    monkeypatch.setattr(cgroup, "throttled", lambda: 0)
    finished = python("", cpus=machine.cpus()[0])
    assert (finished.failure, finished.steal, finished.foreign, finished.swapped) == (None, 0.0, None, 0)


def test_counters_that_cannot_be_read_are_a_failure_that_names_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "stat").mkdir()
    monkeypatch.setattr(procfs, "PROC", tmp_path)
    assert python("").failure == f"{tmp_path / 'stat'}: Is a directory"


# --- What a program leaves behind ---

READY = """
import os, pathlib, time
{first}
path = pathlib.Path({path!r})
path.with_suffix(".part").write_text(str(os.getpid()))
path.with_suffix(".part").replace(path)
{then}
"""
LEAVES = """
import pathlib, subprocess, sys, time
subprocess.Popen([sys.executable, "-c", {child!r}], start_new_session={escapes}, env={environment})
while not pathlib.Path({path!r}).exists():
    time.sleep(0.001)
"""


def leaving(folder: Path, then: str, *, escapes: bool = True, environment: str = "None", first: str = "") -> str:
    """Return a program that starts another, and ends when the other is ready, which then does something else."""
    path = str(folder / "ready")
    child = READY.format(first=first, path=path, then=then)
    return LEAVES.format(child=child, path=path, escapes=escapes, environment=environment)


def has_ended(folder: Path) -> bool:
    """Whether what was left behind has ended by now, and has been waited for."""
    return int((folder / "ready").read_text(encoding="utf-8")) not in procfs.processes()


ESCAPES = pytest.mark.parametrize("escapes", [False, True], ids=["in its group", "in a session of its own"])


@LINUX
@pytest.mark.parametrize("environment", ["None", "{}"], ids=["with its environment", "without any"])
@ESCAPES
def test_a_child_that_keeps_standard_output_is_not_waited_for_and_ends(
    tmp_path: Path, *, escapes: bool, environment: str
) -> None:
    program = leaving(tmp_path, "time.sleep(600)", escapes=escapes, environment=environment)
    assert python(program).failure is None
    assert has_ended(tmp_path)


@LINUX
def test_a_child_that_writes_without_end_is_not_waited_for(tmp_path: Path) -> None:
    failure = python(leaving(tmp_path, "while True: os.write(2, bytes(4096))")).failure
    assert failure is None or failure.startswith("it left processes at work behind")
    assert has_ended(tmp_path)


@LINUX
@ESCAPES
def test_a_child_that_is_left_at_work_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, escapes: bool) -> None:
    monkeypatch.setattr("bench.measure.processes.tree.BUSY", 1e-3)
    failure = python(leaving(tmp_path, "while True: pass", escapes=escapes)).failure
    assert failure is not None
    assert failure.startswith("it left processes at work behind: python")
    assert failure.endswith(f" ({(tmp_path / 'ready').read_text(encoding='utf-8')})")
    assert has_ended(tmp_path)


@LINUX
def test_a_child_that_ends_by_itself_soon_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.measure.processes.tree.GRACE", 60.0)
    assert python(leaving(tmp_path, "for _ in range(10**6): pass")).failure is None
    assert has_ended(tmp_path)


@LINUX
def test_the_cpu_time_of_a_child_that_has_left_the_group_counts(tmp_path: Path) -> None:
    tree = observed.tree()
    python(leaving(tmp_path, "time.sleep(600)", first="while time.process_time() < 0.3: pass"), tree=tree)
    assert tree.cpu_seconds >= 0.3


@LINUX
def test_what_was_started_before_stays() -> None:
    with subprocess.Popen(["sleep", "600"]) as earlier:
        time.sleep(2 / procfs.TICKS)  # start times are told to the tick
        python("")
        assert earlier.poll() is None
        earlier.kill()


@LINUX
def test_a_helper_that_is_held_stays() -> None:
    tree = observed.tree()
    with subprocess.Popen(["sh", "-c", "sleep 600 & wait"], start_new_session=True) as helper:
        observed.held().group(helper.pid)
        python("", tree=tree)
        assert helper.poll() is None
        assert len(procfs.members(helper.pid)) == 2
        process.kill_group(helper.pid)
    observed.held().released(helper.pid)


# --- The foreign share ---

CPU = max(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
SHARES = st.floats(min_value=0, max_value=1)
COUNTERS = process.NOTHING


def ticked(**ticks: int) -> dict[str, int]:
    """Return what one CPU did, where most of it is nothing."""
    return {name: ticks.get(name, 0) for name in procfs.COLUMNS}


def share(idle: float, seconds: float, own: float, **ticks: int) -> float | None:
    """Return the foreign share of one CPU that was idle for so long, while a tree used so much of it."""
    tree = observed.tree(CPU)
    tree.cpu_seconds = own
    before = replace(COUNTERS, cpus={CPU: ticked(idle=1000)})
    after = replace(COUNTERS, at=seconds, cpus={CPU: ticked(idle=1000 + int(idle * procfs.TICKS), **ticks)})
    return process._foreign(before, after, tree)  # noqa: SLF001 - the sum itself, without the machine's noise


@given(st.floats(min_value=0.05, max_value=100), SHARES, SHARES, st.floats(min_value=0, max_value=1 / procfs.TICKS))
def test_a_cpu_that_only_the_program_used_has_no_foreign_share(seconds: float, busy: float, kernel: float, late: float) -> None:
    own = busy * seconds
    rest = seconds - own
    irq = int(kernel * rest * procfs.TICKS)
    assert share(rest - irq / procfs.TICKS - late, seconds, own, softirq=irq) == 0.0


@given(st.floats(min_value=1, max_value=100), SHARES, SHARES)
def test_the_foreign_share_is_what_is_left_but_for_the_resolution(seconds: float, busy: float, foreign: float) -> None:
    own = busy * seconds
    others = foreign * (seconds - own)
    measured = share(seconds - own - others, seconds, own)
    assert measured is not None
    resolution = process.RESOLUTION / procfs.TICKS
    assert max(0.0, others - resolution - 1e-9) <= measured * seconds <= max(0.0, others - resolution + 1 / procfs.TICKS + 1e-9)


def test_what_other_cpus_did_does_not_matter() -> None:
    before = replace(COUNTERS, cpus={CPU: ticked(idle=1000), CPU + 1: ticked(idle=1000)})
    after = replace(COUNTERS, at=1.0, cpus={CPU: ticked(idle=1000 + procfs.TICKS), CPU + 1: ticked(user=procfs.TICKS, idle=1000)})
    assert process._foreign(before, after, observed.tree(CPU)) == 0.0  # noqa: SLF001


def test_of_a_cpu_that_is_not_listed_no_share_is_known() -> None:
    assert process._foreign(COUNTERS, replace(COUNTERS, at=1.0), observed.tree(CPU)) is None  # noqa: SLF001


@contextlib.contextmanager
def hog(cpu: int) -> Iterator[None]:
    """Keep a CPU busy by a process that is nobody's."""
    with process.pinned((cpu,)):
        running = subprocess.Popen([sys.executable, "-c", "while True: pass"], stdin=subprocess.DEVNULL)
    try:
        time.sleep(2 / procfs.TICKS)
        yield
    finally:
        running.kill()
        running.wait()


SPIN = "import time\nwhile time.process_time() < 0.3: pass"


@LINUX
@PINNING
@pytest.mark.parametrize("program", [SPIN, "import time; time.sleep(0.5)"], ids=["a busy program", "an idle program"])
def test_a_hog_on_the_programs_cpu_is_foreign(program: str) -> None:
    with hog(CPU):
        finished = python(program, cpus=(CPU,))
    assert finished.foreign is not None
    assert finished.foreign > 0.2


@LINUX
@PINNING
def test_without_one_little_is_foreign() -> None:
    limit = time.monotonic() + 120  # whoever else uses this machine is foreign: a moment without is waited for
    while (foreign := python(SPIN, cpus=(CPU,)).foreign) is None or foreign > 0.15:
        assert time.monotonic() < limit


@LINUX
@PINNING
def test_the_harness_is_not_foreign_on_cpus_that_it_shares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "RESOLUTION", 0)
    limit = time.monotonic() + 120

    def foreign(*harness_cpus: int) -> float:
        """Return the share of an invocation in which the harness alone is busy."""
        tree = ProcessTree(observed.held(), (CPU,), harness_cpus)

        def work() -> tuple[str, None]:
            before = time.process_time()
            with process.pinned((CPU,)):
                while time.process_time() - before < 0.2:
                    pass
            return "", None

        share = process.observe(work, tree, tree.cpus).foreign
        assert share is not None
        return share

    assert foreign() > 0.5
    while foreign(CPU) > 0.1:
        assert time.monotonic() < limit
