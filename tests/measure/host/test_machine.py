from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from bench.measure.host import machine
from tests import synthetic


def git(root: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", "-C", str(root), *identity, *arguments], capture_output=True, text=True, check=True
    ).stdout.strip()


def repository(root: Path) -> Path:
    """Make a repository with one committed file."""
    git(root, "init", "--quiet")
    (root / "file").write_text("one", encoding="utf-8")
    git(root, "add", "file")
    git(root, "commit", "--quiet", "--message", "One file")
    return root


def control_group(folder: Path, files: dict[str, str]) -> Path:
    """Write the files of a control group."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    return folder


def test_this_machine_has_a_name_a_cpu_and_memory() -> None:
    found = machine.machine()
    assert found.hostname
    assert found.cpu
    assert found.cores >= 1
    assert found.memory > 1 << 28


def test_a_machine_stays_the_same_machine() -> None:
    assert machine.machine().digest_key == machine.machine().digest_key


@pytest.mark.parametrize(
    "changes", [{"kernel": "6.19.0"}, {"cpu": "Other"}, {"cores": 4}, {"cpu_limit": 1.5}, {"memory": 4 << 30}]
)
def test_a_changed_machine_is_another_machine(changes: dict[str, object]) -> None:
    assert synthetic.machine(**changes).digest_key != synthetic.machine().digest_key


def test_measured_programs_and_the_harness_have_different_cpus_where_there_are_two() -> None:
    programs, harness = machine.cpus()
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    assert {*programs, *harness} == allowed
    assert len(allowed) < 2 or not {*programs} & {*harness}


def test_the_commit_of_a_clean_repository(tmp_path: Path) -> None:
    assert machine.commit(repository(tmp_path)) == (git(tmp_path, "rev-parse", "HEAD"), False)


def test_a_changed_tracked_file_makes_the_repository_dirty(tmp_path: Path) -> None:
    (repository(tmp_path) / "file").write_text("two", encoding="utf-8")
    assert machine.commit(tmp_path)[1]


def test_an_untracked_file_does_not(tmp_path: Path) -> None:
    (repository(tmp_path) / "another").write_text("two", encoding="utf-8")
    assert not machine.commit(tmp_path)[1]


def test_outside_a_repository_there_is_no_commit(tmp_path: Path) -> None:
    assert machine.commit(tmp_path) == ("0" * 40, True)


@pytest.mark.parametrize(
    ("files", "cores"),
    [
        ({"cpu.max": "150000 100000"}, 1.5),
        ({"cpu.max": "max 100000"}, None),
        ({"cpu/cpu.cfs_quota_us": "50000", "cpu/cpu.cfs_period_us": "100000"}, 0.5),
        ({"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, None),
        ({}, None),
    ],
)
def test_the_control_groups_cores_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], cores: float | None
) -> None:
    monkeypatch.setattr(machine, "CGROUP", control_group(tmp_path, files))
    assert machine.machine().cpu_limit == cores


@pytest.mark.parametrize(
    ("files", "limit"),
    [
        ({"memory.max": "1073741824"}, 1 << 30),
        ({"memory.max": "max"}, None),
        ({"memory/memory.limit_in_bytes": "1073741824"}, 1 << 30),
        ({"memory/memory.limit_in_bytes": "9223372036854771712"}, None),
        ({}, None),
    ],
)
def test_the_control_groups_memory_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], limit: int | None
) -> None:
    monkeypatch.setattr(machine, "CGROUP", control_group(tmp_path, files))
    assert machine.machine().memory_limit == limit
