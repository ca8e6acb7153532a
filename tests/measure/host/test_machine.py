from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from bench.measure.host import machine
from bench.records.run import RunId
from tests import synthetic

X86 = """processor\t: 0
vendor_id\t: AuthenticAMD
cpu family\t: 26
model\t\t: 2
model name\t: AMD EPYC
stepping\t: 1
flags\t\t: fpu hypervisor lahf_lm
"""
ARM = """processor\t: 0
BogoMIPS\t: 243.75
CPU implementer\t: 0x41
CPU architecture: 8
CPU variant\t: 0x3
CPU part\t: 0xd0c
CPU revision\t: 1
"""
NEOVERSE = "implementer 0x41 architecture 8 variant 0x3 part 0xd0c revision 1"


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


def detect(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str) -> None:
    """Let a script of a shell be the `systemd-detect-virt` of this machine."""
    tool = folder / "systemd-detect-virt"
    tool.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder), prepend=os.pathsep)


def by_cpu(cores: list[set[int]]) -> dict[int, set[int]]:
    """Return CPU -> the CPUs of its core."""
    return {cpu: core for core in cores for cpu in core}


def test_this_machine_has_a_name_a_cpu_and_memory() -> None:
    described = machine.machine()
    assert described.hostname
    assert described.cpu
    assert described.cores >= 1
    assert described.memory > 1 << 28


def test_a_machine_stays_the_same_machine() -> None:
    assert machine.machine().identity == machine.machine().identity


@pytest.mark.skipif(not Path("/proc/cpuinfo").exists(), reason="the platform has no /proc/cpuinfo")
def test_this_machine_has_a_family_where_its_cpu_tells() -> None:
    cpuinfo = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    assert (machine.machine().cpu_family is not None) == ("vendor_id" in cpuinfo or "CPU implementer" in cpuinfo)


@pytest.mark.parametrize("changes", [{"kernel": "6.19.0"}, {"cpu": "Other"}, {"cpu_family": "AuthenticAMD family 26"}])
def test_another_kernel_or_cpu_is_another_machine(changes: dict[str, object]) -> None:
    assert synthetic.machine(**changes).identity != synthetic.machine().identity


@pytest.mark.parametrize(
    ("cpuinfo", "family"),
    [
        (X86, "AuthenticAMD family 26 model 2 stepping 1"),
        (f"{X86}\n{X86.replace(': 0', ': 1')}", "AuthenticAMD family 26 model 2 stepping 1"),
        (ARM, NEOVERSE),
        (
            f"{ARM}\n{ARM.replace('0xd0c', '0xd05')}\nHardware\t: Board\n",
            f"{NEOVERSE}, {NEOVERSE.replace('0xd0c', '0xd05')}",
        ),
        ("vendor_id\t: GenuineIntel\ncpu family\t:\nmodel\t\t: 143\n", "GenuineIntel model 143"),
        ("processor\t: 0\nhart\t\t: 2\nisa\t\t: rv64imafdc\n", None),
        ("", None),
    ],
)
def test_the_family_is_what_the_cpu_says_beside_its_name(cpuinfo: str, family: str | None) -> None:
    assert machine.cpu_family(cpuinfo) == family


@given(st.text())
def test_any_text_has_a_family_of_one_line_or_none(cpuinfo: str) -> None:
    for text in (cpuinfo, f"vendor_id: {cpuinfo}"):
        family = machine.cpu_family(text)
        assert family is None or (family and len(family.splitlines()) == 1)


def test_a_virtual_machine_and_a_container_on_it_are_both_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    detect(monkeypatch, tmp_path, 'test "$1" = --vm && echo kvm || echo docker')
    assert machine.machine().virtualisation == "kvm, docker"


def test_without_virtualisation_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    detect(monkeypatch, tmp_path, "echo none; exit 1")
    assert machine.machine().virtualisation is None


@pytest.mark.parametrize(
    ("cpuinfo", "files", "virtualisation"),
    [
        ("flags\t\t: fpu hypervisor lahf_lm\n", (), "virtual machine"),
        ("flags\t\t: fpu hypervisor lahf_lm\n", ("containerenv",), "virtual machine, container"),
        ("flags\t\t: fpu lahf_lm\n", ("containerenv",), "container"),
        ("flags\t\t: fpu lahf_lm\n", (), None),
    ],
)
def test_without_the_tool_files_tell_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cpuinfo: str, files: tuple[str, ...], virtualisation: str | None
) -> None:
    for file in files:
        (tmp_path / file).touch()
    monkeypatch.setattr(machine, "CONTAINERS", (tmp_path / "dockerenv", tmp_path / "containerenv"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert machine.virtualisation(cpuinfo) == virtualisation


@given(st.text())
def test_any_host_name_makes_a_run_id(hostname: str) -> None:
    for commit in ("0123abc", "none"):
        TypeAdapter(RunId).validate_python(f"2026-11-29-{machine.slug(hostname)}-{commit}-2")


@given(st.lists(st.text("abcxyz019", min_size=1, max_size=8), min_size=1, max_size=6))
def test_a_host_name_that_is_a_slug_stays_as_it_is(words: list[str]) -> None:
    assert machine.slug("-".join(words)) == "-".join(words)


def test_a_host_name_has_a_hyphen_for_what_no_name_of_a_host_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.node", lambda: "a\udcffb.example.org")
    assert machine.machine().hostname == "a-b"


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the platform has no pinning")
def test_programs_and_the_harness_get_cpus_that_this_process_may_use() -> None:
    programs, harness = machine.cpus()
    assert {*programs, *harness} <= os.sched_getaffinity(0)
    assert len(programs) == 1
    assert harness


@pytest.mark.parametrize(
    ("cores", "programs", "harness"),
    [
        ([{0}], 0, (0,)),
        ([{0}, {1}], 1, (0,)),
        ([{0}, {1}, {2}, {3}], 3, (0, 1, 2)),
        ([{0, 1}, {2, 3}], 3, (0, 1)),
        ([{0, 2}, {1, 3}], 3, (0, 2)),
        ([{0, 1}], 1, (0,)),
        ([{0, 1, 2, 3}, {4, 5, 6, 7}], 7, (0, 1, 2, 3)),
    ],
)
def test_the_harness_is_not_on_the_programs_core_unless_there_is_no_other(
    cores: list[set[int]], programs: int, harness: tuple[int, ...]
) -> None:
    assert machine.split_cpus(set().union(*cores), by_cpu(cores)) == ((programs,), harness)


def test_a_core_that_the_process_may_not_use_is_not_used() -> None:
    assert machine.split_cpus({2, 3}, by_cpu([{0, 1}, {2, 3}])) == ((3,), (2,))


@given(st.sets(st.integers(0, 63), min_size=1), st.integers(1, 4))
def test_the_harness_has_every_cpu_of_other_cores(allowed: set[int], threads: int) -> None:
    cores = {cpu: {other for other in range(64) if other // threads == cpu // threads} for cpu in allowed}
    (program,), harness = machine.split_cpus(allowed, cores)
    others = allowed - cores[program]
    assert program == max(allowed)
    assert set(harness) == (others or allowed - {program} or {program})


@pytest.mark.parametrize(
    ("text", "cpus"),
    [("0", {0}), ("0-1", {0, 1}), ("3,67", {3, 67}), ("0-2,8-9,40", {0, 1, 2, 8, 9, 40})],
)
def test_a_list_of_cpus_is_read_as_the_kernel_writes_it(text: str, cpus: set[int]) -> None:
    assert machine.cpu_list(text) == cpus


def test_programs_and_a_harness_on_one_cpu_share_a_core() -> None:
    assert machine.shared_core((0,), (0,))


def test_a_platform_without_pinning_tells_of_no_shared_core() -> None:
    assert not machine.shared_core((), ())


def test_the_commit_of_a_clean_repository(tmp_path: Path) -> None:
    assert machine.commit(repository(tmp_path)) == (git(tmp_path, "rev-parse", "HEAD"), False)


def test_a_changed_tracked_file_makes_the_repository_dirty(tmp_path: Path) -> None:
    (repository(tmp_path) / "file").write_text("two", encoding="utf-8")
    assert machine.commit(tmp_path)[1]


def test_an_untracked_file_does_not(tmp_path: Path) -> None:
    (repository(tmp_path) / "another").write_text("two", encoding="utf-8")
    assert not machine.commit(tmp_path)[1]


def test_outside_a_repository_there_is_no_commit(tmp_path: Path) -> None:
    assert machine.commit(tmp_path) == ("none", True)
