"""Control groups as files: of version 1, version 2 and both, and in containers; and a real one where this machine allows it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.catalog.loader import ROOT
from bench.measure.host import cgroup

UNLIMITED = "9223372036854771712"
VERSION_1 = """22 27 0:21 / /proc rw,relatime - proc proc rw
31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:9 - cgroup cgroup rw,cpu,cpuacct
35 31 0:32 / /sys/fs/cgroup/memory rw,nosuid - cgroup cgroup rw,memory
40 31 0:37 / /sys/fs/cgroup/systemd rw,nosuid - cgroup cgroup rw,xattr,name=systemd
"""
VERSION_2 = "25 22 0:23 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot\n"
HYBRID = f"{VERSION_1}41 31 0:38 / /sys/fs/cgroup/unified rw,nosuid - cgroup2 cgroup2 rw\n"
DOCKER_1 = VERSION_1.replace("0:29 /", "0:29 /docker/abc").replace("0:32 /", "0:32 /docker/abc")
NAME = st.text(st.characters(codec="utf-8", exclude_characters="/\n\0"), min_size=1, max_size=8).filter(
    lambda n: n not in (".", "..")
)
NAMES = st.lists(NAME, max_size=5)
QUOTA = st.none() | st.integers(min_value=1000, max_value=10_000_000)
BUSY = """
import os, pathlib, sys, time
from bench.measure.host import cgroup
pathlib.Path(sys.argv[1], "cgroup.procs").write_text(str(os.getpid()))
before, enough = cgroup.throttled(), time.process_time() + 0.05
while time.process_time() < enough:
    pass
print(cgroup.cpu_limit(), cgroup.throttled() - before)
"""


def machine(root: Path, membership: str, mountinfo: str, files: dict[str, str]) -> Path:
    """Make the files of a machine below a folder: what the process is told of itself, and `files` below sys/fs/cgroup."""
    texts = {"proc/self/cgroup": membership, "proc/self/mountinfo": mountinfo}
    for name, text in (texts | {f"sys/fs/cgroup/{name}": f"{text}\n" for name, text in files.items()}).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="surrogateescape")
    return root


def escaped(path: PurePosixPath) -> str:
    """Return a path as mountinfo has it."""
    return "".join(f"\\{ord(letter):03o}" if letter in " \t\n\\" else letter for letter in str(path))


def below(*names: str) -> PurePosixPath:
    return PurePosixPath("/sys/fs/cgroup", *names)


@pytest.mark.parametrize(
    ("membership", "mountinfo", "cpu"),
    [
        ("3:cpu,cpuacct:/a/b\n0::/c\n", VERSION_1, ("cpu,cpuacct/a/b", "cpu,cpuacct/a", "cpu,cpuacct")),
        ("0::/user.slice/a.scope\n", VERSION_2, ("user.slice/a.scope", "user.slice", "")),
        ("0::/\n", VERSION_2, ("",)),
        ("3:cpu,cpuacct:/a\n0::/c\n", HYBRID, ("cpu,cpuacct/a", "cpu,cpuacct")),
        ("2:memory:/a\n0::/c\n", HYBRID, ("unified/c", "unified")),
        ("3:cpu,cpuacct:/docker/abc\n", DOCKER_1, ("cpu,cpuacct",)),
        ("3:cpu,cpuacct:/docker/abc/inner\n", DOCKER_1, ("cpu,cpuacct/inner", "cpu,cpuacct")),
        ("3:cpu,cpuacct:/elsewhere\n", DOCKER_1, ("cpu,cpuacct",)),
        ("0::/../elsewhere\n", VERSION_2, ("",)),
        ("3:cpu,cpuacct:/a\n", VERSION_2, ()),
        ("4:memory:/a\n", VERSION_1, ()),
        ("", VERSION_2, ()),
        ("0::/a\n", "", ()),
    ],
    ids=[
        "version 1",
        "version 2",
        "a namespace of its own",
        "the controller in version 1 of both",
        "the controller in version 2 of both",
        "a container",
        "a group in a container",
        "a group outside of the container",
        "a group outside of the namespace",
        "version 1, not mounted",
        "another controller",
        "no groups",
        "no mounts",
    ],
)
def test_the_folders_are_those_of_the_group_and_of_the_groups_above_it(
    membership: str, mountinfo: str, cpu: tuple[str, ...]
) -> None:
    assert cgroup.folders("cpu", membership, mountinfo) == tuple(map(below, cpu))


@given(NAMES, NAMES, NAMES)
def test_a_group_is_found_below_its_mount_whatever_it_is_called(point: list[str], mounted: list[str], inner: list[str]) -> None:
    where, group = PurePosixPath("/", *point), PurePosixPath("/", *mounted)
    mount = f"25 22 0:23 {escaped(group)} {escaped(where)} rw shared:4 - cgroup2 cgroup2 rw\n"
    folders = cgroup.folders("cpu", f"0::{group.joinpath(*inner)}\n", mount)
    assert folders == tuple(where.joinpath(*inner[:depth]) for depth in range(len(inner), -1, -1))


@given(st.text(), st.text())
def test_any_text_gives_absolute_folders_or_none(membership: str, mountinfo: str) -> None:
    for text in (membership, f"0::{membership}"):
        for mounts in (mountinfo, VERSION_2, f"1 1 0:1 {mountinfo} /x rw - cgroup2 cgroup2 rw"):
            folders = cgroup.folders("cpu", text, mounts)
            assert all(folder.is_absolute() and ".." not in folder.parts[1:] for folder in folders)


@pytest.mark.parametrize(
    ("membership", "mountinfo", "files", "cores"),
    [
        ("0::/\n", VERSION_2, {"cpu.max": "150000 100000"}, 1.5),
        ("0::/\n", VERSION_2, {"cpu.max": "max 100000"}, None),
        ("0::/a/b\n", VERSION_2, {"a/cpu.max": "50000 100000", "a/b/cpu.max": "150000 100000"}, 0.5),
        ("0::/a/b\n", VERSION_2, {"a/cpu.max": "max 100000", "a/b/cpu.max": "150000 100000"}, 1.5),
        ("0::/a\n", VERSION_2, {"b/cpu.max": "50000 100000", "a/cpu.max": "max 100000"}, None),
        ("0::/a\n", VERSION_2, {"cpu.max": "50000 100000"}, 0.5),
        (
            "3:cpu,cpuacct:/a\n",
            VERSION_1,
            {"cpu,cpuacct/a/cpu.cfs_quota_us": "50000", "cpu,cpuacct/a/cpu.cfs_period_us": "100000"},
            0.5,
        ),
        (
            "3:cpu,cpuacct:/a\n",
            VERSION_1,
            {"cpu,cpuacct/a/cpu.cfs_quota_us": "-1", "cpu,cpuacct/a/cpu.cfs_period_us": "100000"},
            None,
        ),
        (
            "3:cpu,cpuacct:/a\n0::/\n",
            HYBRID,
            {"cpu,cpuacct/cpu.cfs_quota_us": "50000", "cpu,cpuacct/cpu.cfs_period_us": "100000", "unified/cpu.max": "1 100000"},
            0.5,
        ),
        ("0::/\n", VERSION_2, {}, None),
    ],
)
def test_the_tightest_quota_counts(
    tmp_path: Path, membership: str, mountinfo: str, files: dict[str, str], cores: float | None
) -> None:
    assert cgroup.cpu_limit(machine(tmp_path, membership, mountinfo, files)) == cores


@given(st.lists(QUOTA, min_size=1, max_size=5))
def test_the_quota_is_the_least_of_those_that_groups_have(
    tmp_path_factory: pytest.TempPathFactory, quotas: list[int | None]
) -> None:
    names = [f"{depth}" for depth in range(1, len(quotas))]
    files = {
        str(PurePosixPath(*names[:depth], "cpu.max")): f"{'max' if quota is None else quota} 100000"
        for depth, quota in enumerate(quotas)
    }
    root = machine(tmp_path_factory.mktemp("groups"), f"0::/{'/'.join(names)}\n", VERSION_2, files)
    assert cgroup.cpu_limit(root) == min((quota / 100_000 for quota in quotas if quota is not None), default=None)


@pytest.mark.parametrize(
    ("membership", "mountinfo", "files", "limit"),
    [
        ("0::/\n", VERSION_2, {"memory.max": "1073741824"}, 1 << 30),
        ("0::/\n", VERSION_2, {"memory.max": "max"}, None),
        ("0::/a/b\n", VERSION_2, {"a/memory.max": "1048576", "a/b/memory.max": "1073741824"}, 1 << 20),
        ("4:memory:/a\n", VERSION_1, {"memory/a/memory.limit_in_bytes": "1073741824"}, 1 << 30),
        (
            "4:memory:/a\n",
            VERSION_1,
            {"memory/a/memory.limit_in_bytes": UNLIMITED, "memory/memory.limit_in_bytes": "1048576"},
            1 << 20,
        ),
        ("4:memory:/a\n", VERSION_1, {"memory/a/memory.limit_in_bytes": UNLIMITED}, None),
        ("0::/\n", VERSION_2, {}, None),
    ],
)
def test_the_tightest_limit_of_memory_counts(
    tmp_path: Path, membership: str, mountinfo: str, files: dict[str, str], limit: int | None
) -> None:
    assert cgroup.memory_limit(machine(tmp_path, membership, mountinfo, files)) == limit


@pytest.mark.parametrize(
    ("membership", "mountinfo", "files", "periods"),
    [
        ("0::/a\n", VERSION_2, {"a/cpu.stat": "usage_usec 5\nnr_periods 793\nnr_throttled 783\nthrottled_usec 9"}, 783),
        (
            "0::/a\n",
            VERSION_2,
            {"a/cpu.stat": "nr_throttled 3", "cpu.stat": "nr_throttled 40", "b/cpu.stat": "nr_throttled 500"},
            43,
        ),
        ("3:cpu,cpuacct:/a\n", VERSION_1, {"cpu,cpuacct/a/cpu.stat": "nr_periods 9\nnr_throttled 3\nthrottled_time 7"}, 3),
        ("0::/\n", VERSION_2, {"cpu.stat": "usage_usec 5\nuser_usec 4"}, 0),
        ("0::/\n", VERSION_2, {}, 0),
    ],
)
def test_throttled_periods_of_the_group_and_those_above_it_count(
    tmp_path: Path, membership: str, mountinfo: str, files: dict[str, str], periods: int
) -> None:
    assert cgroup.throttled(machine(tmp_path, membership, mountinfo, files)) == periods


def test_a_platform_without_control_groups_has_no_limits(tmp_path: Path) -> None:
    assert (cgroup.cpu_limit(tmp_path), cgroup.memory_limit(tmp_path), cgroup.throttled(tmp_path)) == (None, None, 0)


@contextlib.contextmanager
def tenth_of_a_cpu() -> Iterator[Path]:
    """Make a control group below this process's own that may use a tenth of a CPU; skip the test where that is not possible."""
    own = next(iter(cgroup.own_folders("cpu")), None)
    if own is None:
        pytest.skip("the platform has no control groups for the CPU")
    group = own / f"test-{os.getpid()}"
    try:
        group.mkdir()
    except OSError as error:
        pytest.skip(f"no control group can be made here: {error.strerror}")
    try:
        try:
            if (group / "cpu.max").exists():
                (group / "cpu.max").write_text("10000 100000")
            else:
                (group / "cpu.cfs_quota_us").write_text("10000")
        except OSError as error:
            pytest.skip(f"a control group gets no quota here: {error.strerror}")
        yield group
    finally:
        group.rmdir()


def test_a_busy_program_with_a_real_quota_is_seen_to_be_throttled() -> None:
    with tenth_of_a_cpu() as group:
        done = subprocess.run([sys.executable, "-c", BUSY, str(group)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    limit, periods = done.stdout.split()
    assert limit == "0.1"
    assert int(periods) > 0
