"""Control groups with limits: made-up ones, whose kernel is a part of the test, and real ones where this machine allows it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.catalog.loader import ROOT
from bench.measure.processes import limits
from bench.measure.processes.limits import Group, Limit, LimitError, Usage
from bench.measure.processes.reaper import HarnessError
from tests import observed

LIMIT = Limit(0.5, 128 << 20)
MOUNT_2 = "25 22 0:23 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"
MOUNT_1 = """32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu
35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
"""
FILES_2 = ("cgroup.procs", "cgroup.controllers", "cgroup.subtree_control", "cpu.max", "cpu.stat", "memory.max", "memory.swap.max")
FILES_1 = (
    *("cgroup.procs", "cpu.cfs_quota_us", "cpu.cfs_period_us", "cpu.stat"),
    *("memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.failcnt", "memory.oom_control"),
)
Machine = Callable[[str, str, dict[str, str]], Path]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Return what makes a machine below a folder: membership, mounts, and what its groups hold.

    A group that is made there has the kernel's files, which go with it.
    """
    mkdir, rmdir = Path.mkdir, Path.rmdir
    made: list[str] = []

    def make(path: Path, mode: int = 0o777, **options: bool) -> None:
        mkdir(path, mode, **options)
        if path.is_relative_to(tmp_path / "sys"):
            for name in made:
                (path / name).write_text("", encoding="ascii")

    def remove(path: Path) -> None:
        if path.is_relative_to(tmp_path / "sys"):
            for file in path.iterdir():
                file.unlink()
        rmdir(path)

    def machine(membership: str, mounts: str, groups: dict[str, str]) -> Path:
        texts = {"proc/self/cgroup": membership, "proc/self/mountinfo": mounts}
        for name, text in (texts | {f"sys/fs/cgroup/{name}": text for name, text in groups.items()}).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="ascii")
        made.extend(FILES_2 if "cgroup2" in mounts else FILES_1)
        monkeypatch.setattr(Path, "mkdir", make)
        monkeypatch.setattr(Path, "rmdir", remove)
        return tmp_path

    return machine


def version_2(machine: Machine) -> Path:
    """Make a machine on which this process is in a session of a user, whose groups get both controllers."""
    controllers = {"a/b/cgroup.subtree_control": "", "a/cgroup.subtree_control": "cpu io memory\n"}
    return machine(
        "0::/a/b\n", MOUNT_2, {**controllers, "cgroup.subtree_control": "cpu memory", "cgroup.controllers": "cpu memory"}
    )


def version_1(machine: Machine) -> Path:
    return machine("2:cpu:/\n3:memory:/a\n", MOUNT_1, {"cpu/cgroup.procs": "", "memory/a/cgroup.procs": ""})


VERSIONS = pytest.mark.parametrize("version", [version_1, version_2])


def held(path: Path) -> list[str]:
    """Return the groups below a machine's root."""
    folders = (path / "sys" / "fs" / "cgroup").rglob("*")
    return sorted(one.name for one in folders if one.is_dir() and one.name.startswith(("measure-", "probe-")))


def test_in_version_1_a_group_is_made_below_the_own_group_of_each_controller(machine: Machine) -> None:
    root = version_1(machine)
    assert limits.places(root) == (root / "sys/fs/cgroup/cpu", root / "sys/fs/cgroup/memory/a")


def test_in_version_2_a_group_is_made_below_the_nearest_group_that_hands_both_controllers_on(machine: Machine) -> None:
    root = version_2(machine)
    assert limits.places(root) == (root / "sys/fs/cgroup/a", root / "sys/fs/cgroup/a")


def test_controllers_that_are_handed_on_nowhere_are_said_with_what_hands_them_on(machine: Machine) -> None:
    root = machine("0::/a\n", MOUNT_2, {"cgroup.controllers": "cpu memory", "a/cgroup.subtree_control": "memory"})
    with pytest.raises(LimitError, match=r"as root: echo '\+cpu \+memory' > .*/sys/fs/cgroup/cgroup\.subtree_control"):
        limits.places(root)


def test_a_platform_without_control_groups_is_said(tmp_path: Path) -> None:
    assert limits.missing(LIMIT, tmp_path) == (
        "it takes a control group with 0.5 CPUs and 128 MiB of memory, which cannot be made here: "
        "no control groups of the controller cpu are mounted"
    )


@VERSIONS
def test_where_groups_can_be_made_nothing_is_missing_and_none_is_left(
    machine: Machine, version: Callable[[Machine], Path]
) -> None:
    root = version(machine)
    assert (limits.missing(LIMIT, root), held(root)) == (None, [])


@VERSIONS
def test_a_file_system_that_is_read_only_is_said(
    machine: Machine, version: Callable[[Machine], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = version(machine)

    def refuse(path: Path, mode: int = 0o777) -> None:
        raise OSError(errno.EROFS, f"Read-only file system {mode}", str(path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert "which cannot be made here: " in str(limits.missing(LIMIT, root))
    assert "Read-only file system" in str(limits.missing(LIMIT, root))


def test_limits_of_version_2_are_a_quota_of_each_period_and_bytes_without_swap(machine: Machine) -> None:
    with limits.limited(observed.held(), LIMIT, version_2(machine)) as group:
        assert group is not None
        assert group.cpu == group.memory
        texts = {name: (group.cpu / name).read_text() for name in ("cpu.max", "memory.max", "memory.swap.max")}
    assert texts == {"cpu.max": "50000 100000", "memory.max": str(128 << 20), "memory.swap.max": "0"}


def test_limits_of_version_1_are_set_in_the_folder_of_each_controller(machine: Machine) -> None:
    with limits.limited(observed.held(), LIMIT, version_1(machine)) as group:
        assert group is not None
        cpu = [(group.cpu / f"cpu.cfs_{name}_us").read_text() for name in ("quota", "period")]
        memory = [(group.memory / f"memory.{name}limit_in_bytes").read_text() for name in ("", "memsw.")]
    assert (cpu, memory) == (["50000", "100000"], [str(128 << 20)] * 2)


@VERSIONS
def test_a_group_is_gone_when_its_block_has_ended(machine: Machine, version: Callable[[Machine], Path]) -> None:
    root = version(machine)
    with limits.limited(observed.held(), LIMIT, root):
        assert held(root) != []
    assert held(root) == []


@VERSIONS
@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_group_is_gone_when_its_block_was_left_by_an_error(
    machine: Machine, version: Callable[[Machine], Path], error: type[BaseException]
) -> None:
    root = version(machine)
    with pytest.raises(error), limits.limited(observed.held(), LIMIT, root):
        raise error
    assert held(root) == []


def test_without_a_limit_there_is_no_group(machine: Machine) -> None:
    root = version_2(machine)
    with limits.limited(observed.held(), None, root) as group:
        assert (group, held(root)) == (None, [])


def test_a_group_that_cannot_be_made_is_the_harnesss_failure(tmp_path: Path) -> None:
    with pytest.raises(HarnessError, match="no control groups"), limits.limited(observed.held(), LIMIT, tmp_path):
        pass


@given(st.integers(0, 1 << 40), st.integers(0, 1 << 40), st.integers(0, 1 << 20), st.integers(0, 1 << 20))
def test_both_versions_say_how_often_limits_were_met(
    tmp_path_factory: pytest.TempPathFactory, periods: int, microseconds: int, reached: int, killed: int
) -> None:
    usages: list[Usage] = []
    for texts in (
        {
            "cpu.stat": f"usage_usec 7\nnr_periods {periods}\nnr_throttled 5\nthrottled_usec {microseconds}\nnr_bursts 0\n",
            "memory.events": f"low 0\nhigh 3\nmax {reached}\noom 9\noom_kill {killed}\noom_group_kill 0\n",
        },
        {
            "cpu.stat": f"nr_periods {periods}\nnr_throttled 5\nthrottled_time {1000 * microseconds}\n",
            "memory.failcnt": f"{reached}\n",
            "memory.oom_control": f"oom_kill_disable 0\nunder_oom 0\noom_kill {killed}\n",
        },
    ):
        folder = tmp_path_factory.mktemp("group")
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="ascii")
        usages.append(Group(folder, folder).usage())
    assert [usage.seconds for usage in usages] == pytest.approx([microseconds / 1e6] * 2)
    assert {usage._replace(seconds=0.0) for usage in usages} == {Usage(periods, 5, 0.0, reached, killed)}


@pytest.fixture
def waiting() -> Iterator[subprocess.Popen[bytes]]:
    """A program that waits to be let go, and then says so and what it reads."""
    command = limits.waiting(["sh", "-c", "echo began; cat"])
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        try:
            yield running
        finally:
            running.kill()


def test_a_program_begins_when_it_is_in_the_group_and_its_input_is_empty(
    tmp_path: Path, waiting: subprocess.Popen[bytes]
) -> None:
    assert waiting.stdin
    Group(tmp_path, tmp_path).let_go(waiting.pid, waiting.stdin.fileno())
    assert waiting.communicate()[0] == b"began\n"
    assert (tmp_path / "cgroup.procs").read_text() == str(waiting.pid)


def test_a_program_that_cannot_be_moved_does_not_begin(tmp_path: Path, waiting: subprocess.Popen[bytes]) -> None:
    assert waiting.stdin
    with pytest.raises(HarnessError, match="a process cannot be moved into it"):
        Group(tmp_path / "none", tmp_path).let_go(waiting.pid, waiting.stdin.fileno())
    waiting.stdin.close()
    assert waiting.wait() != 0


# --- Real ones ---


BUSY = """
import time
from bench.measure.host import cgroup
before, until = cgroup.throttled(), time.monotonic() + 60
while cgroup.throttled() == before and time.monotonic() < until:
    sum(range(100_000))
print(cgroup.cpu_limit(), cgroup.memory_limit())
"""
GREEDY = "kept = [bytearray(1 << 20) for _ in range(1000)]"
HARNESS = """
import os, signal, subprocess
from bench.measure.processes import limits
from bench.measure.processes.reaper import reaper

with reaper() as held, limits.limited(held, limits.Limit(0.5, 64 << 20)) as group:
    running = subprocess.Popen(limits.waiting(["sleep", "600"]), stdin=subprocess.PIPE, start_new_session=True)
    held.group(running.pid)
    group.let_go(running.pid, running.stdin.fileno())
    print(group.cpu, group.memory, flush=True)
    {end}
"""


@pytest.fixture
def real() -> Iterator[Group]:
    """A real group with a twentieth of a CPU and 128 MiB; the test is skipped where none can be made."""
    require_groups()
    with limits.limited(observed.held(), LIMIT._replace(cpus=0.05)) as group:
        assert group is not None
        yield group


def require_groups() -> None:
    if reason := limits.missing(LIMIT):
        pytest.skip(reason)


def run_in(group: Group, text: str) -> subprocess.CompletedProcess[str]:
    """Run a Python program in a group."""
    command = limits.waiting([sys.executable, "-c", text])
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin
        group.let_go(running.pid, running.stdin.fileno())
        out, _ = running.communicate()
    return subprocess.CompletedProcess(command, running.returncode, out)


def test_a_busy_program_in_a_real_group_has_its_limits_and_is_throttled(real: Group) -> None:
    done = run_in(real, BUSY)
    assert done.stdout.split() == ["0.05", str(128 << 20)]
    usage = real.usage()
    assert 0 < usage.throttled <= usage.periods
    assert usage.seconds > 0


def test_a_program_that_takes_more_memory_than_a_real_group_has_is_killed(real: Group) -> None:
    assert run_in(real, GREEDY).returncode == -9
    assert real.usage().killed == 1


@pytest.mark.parametrize(
    "end", ["os.kill(os.getpid(), signal.SIGKILL)", "os.kill(os.getpid(), signal.SIGINT)", "raise RuntimeError"]
)
def test_no_real_group_survives_the_harness(end: str) -> None:
    require_groups()
    # the reaper shares the harness's standard error, so that this returns when both have ended
    done = subprocess.run([sys.executable, "-c", HARNESS.format(end=end)], cwd=ROOT, capture_output=True, text=True, check=False)
    folders = done.stdout.split()
    assert len(folders) == 2
    assert [folder for folder in folders if os.path.exists(folder)] == []  # noqa: PTH110 - a name is what is known of it
