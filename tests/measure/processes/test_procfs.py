"""What is read of /proc, against what the same processes say of themselves, and what happens where it cannot be read."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.measure.processes import procfs
from bench.measure.processes.procfs import ProcError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

FAMILY = """
import subprocess, sys
child = subprocess.Popen(["sleep", "600"], start_new_session=True)
print(child.pid, flush=True)
sys.stdin.read()
child.kill()
child.wait()
"""


@pytest.fixture
def family() -> Iterator[tuple[int, int]]:
    """A process in a group of its own, and a child of it in another."""
    command = [sys.executable, "-c", FAMILY]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True) as parent:
        assert parent.stdout
        yield parent.pid, int(parent.stdout.readline())
        parent.communicate()


def test_the_table_says_who_is_whose_child_and_of_which_group(family: tuple[int, int]) -> None:
    parent, child = family
    table = procfs.processes()
    assert (table[parent].parent, table[parent].group, table[parent].ended) == (os.getpid(), parent, False)
    assert (table[child].name, table[child].parent, table[child].group) == ("sleep", parent, child)
    assert table[parent].started <= table[child].started <= procfs.now()


def test_a_name_with_blanks_and_brackets_is_read_whole(tmp_path: Path) -> None:
    program = tmp_path / "a) S 1 (b"
    program.symlink_to("/bin/sleep")
    with subprocess.Popen([program, "600"]) as running:
        while procfs.processes()[running.pid].name == "python":  # between fork and exec
            time.sleep(0.001)
        process = procfs.processes()[running.pid]
        running.kill()
    assert (process.name, process.parent) == ("a) S 1 (b", os.getpid())


def test_a_process_that_nobody_has_waited_for_has_ended() -> None:
    with subprocess.Popen(["true"]) as running:
        os.waitid(os.P_PID, running.pid, os.WEXITED | os.WNOWAIT)
        assert procfs.processes()[running.pid].ended


def test_descendants_are_those_of_all_generations(family: tuple[int, int]) -> None:
    parent, child = family
    table = procfs.processes()
    assert procfs.descendants([parent], table) == {child}
    assert procfs.descendants([os.getpid()], table) >= {parent, child}
    assert procfs.descendants([child], table) == set()


def test_members_are_those_of_the_group_alone(family: tuple[int, int]) -> None:
    parent, child = family
    assert (procfs.members(parent), procfs.members(child)) == ([parent], [child])


def test_what_was_started_with_a_variable_is_found_by_all_of_it() -> None:
    with subprocess.Popen(["sleep", "600"], env={"MARK": "one"}) as running:
        while not procfs.carrying("MARK=one"):  # between fork and exec
            time.sleep(0.001)
        assert procfs.carrying("MARK=one") == {running.pid}
        assert procfs.carrying("MARK=on") == procfs.carrying("ARK=one") == set()
        running.kill()


def test_cpu_time_is_the_processes_own_and_that_of_children_it_has_waited_for() -> None:
    text = "import sys, time\nwhile time.process_time() < {}: pass\n"
    program = text.format(0.1) + f"import subprocess; subprocess.run([sys.executable, '-c', {text.format(0.2)!r}])\n"
    with subprocess.Popen([sys.executable, "-c", f"{program}print(flush=True); input()"], stdin=-1, stdout=-1) as running:
        assert running.stdout
        running.stdout.readline()
        used = procfs.cpu_seconds([running.pid])
        running.communicate(b"\n")
    _, by_the_process = time.process_time(), os.times()
    assert 0.3 - 2 / procfs.TICKS <= used <= by_the_process.children_user + by_the_process.children_system


def test_cpu_time_of_this_process_is_exact() -> None:
    before = time.process_time()
    used = procfs.cpu_seconds([os.getpid()])
    waited_for = os.times().children_user + os.times().children_system
    assert before - 1e-6 <= used - waited_for <= time.process_time() + 2 / procfs.TICKS


def test_ended_processes_use_no_cpu_time_and_have_no_memory() -> None:
    with subprocess.Popen(["true"]) as running:
        running.wait()
    assert procfs.cpu_seconds([running.pid]) == 0.0
    assert procfs.memory(running.pid) == {}


def test_every_cpu_says_what_it_did() -> None:
    ticks = procfs.cpu_ticks()
    assert ticks.keys() >= os.sched_getaffinity(0)
    assert all(one.keys() == {*procfs.COLUMNS} for one in ticks.values())


def test_columns_that_an_old_kernel_does_not_have_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "stat").write_text("cpu 1 2 3 4\ncpu7 1 2 3 4\nintr 5\n", encoding="utf-8")
    monkeypatch.setattr(procfs, "PROC", tmp_path)
    assert procfs.cpu_ticks() == {7: {"user": 1, "nice": 2, "system": 3, "idle": 4}}


# --- What cannot be read ---


@pytest.fixture
def proc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A /proc in which this process has a status and nothing else, and a group with another process that has ended."""
    (tmp_path / str(os.getpid())).mkdir()
    (tmp_path / str(os.getpid()) / "status").write_text("VmHWM:\t7 kB\nVmRSS:\t5 kB\n", encoding="utf-8")
    monkeypatch.setattr(procfs, "PROC", tmp_path)
    monkeypatch.setattr(procfs, "members", lambda _: [os.getpid(), os.getppid()])
    return tmp_path


@pytest.mark.parametrize("name", ["status", "smaps_rollup", "smaps"])
def test_memory_that_cannot_be_read_is_an_error_that_names_the_file(proc: Path, name: str) -> None:
    path = proc / str(os.getpid()) / name
    path.unlink(missing_ok=True)
    path.mkdir()  # a file that cannot be read even by root
    with pytest.raises(ProcError, match=f"^{path}: Is a directory$"):
        procfs.memory(os.getpid())


def test_a_process_of_the_group_that_has_ended_meanwhile_is_left_out(proc: Path) -> None:
    (proc / str(os.getpid()) / "smaps_rollup").write_text("Pss:\t3 kB\nPss_Anon:\t2 kB\n", encoding="utf-8")
    kilobytes = {name: size / procfs.KILOBYTE for name, size in procfs.memory(os.getpid()).items()}
    assert kilobytes == {"peak": 7, "resident": 5, "proportional": 3, "group": 2}


@pytest.mark.parametrize(("name", "read"), [("stat", procfs.cpu_ticks), ("vmstat", procfs.swapped)])
def test_counters_that_are_missing_are_an_error_that_names_the_file(proc: Path, name: str, read: object) -> None:
    assert callable(read)
    with pytest.raises(ProcError, match=f"^{proc / name}: No such file or directory$"):
        read()


def test_a_table_that_cannot_be_read_is_an_error_that_names_the_file(proc: Path) -> None:
    path = proc / str(os.getpid()) / "stat"
    path.mkdir()
    with pytest.raises(ProcError, match=f"^{path}: Is a directory$"):
        procfs.processes()


def test_without_proc_there_are_neither_processes_nor_cpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(procfs, "PROC", tmp_path / "none")
    assert (procfs.processes(), procfs.cpu_ticks(), procfs.swapped()) == ({}, {}, 0)
