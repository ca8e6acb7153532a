from __future__ import annotations

import os
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.measure.host.golang import ToolchainError
from bench.measure.instruments import base
from bench.measure.instruments.base import MeasureContext
from bench.measure.processes import peer
from bench.measure.processes.reaper import HarnessError
from tests import observed
from tests.cataloged import CATALOG
from tests.measure import hangs

CONNECTION, EMPTY = CATALOG.benchmark("memory/connection"), CATALOG.benchmark("memory/base-empty")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[str]]]:
    """The processes that are started meanwhile."""
    processes: list[subprocess.Popen[str]] = []
    start = subprocess.Popen

    def noted(*arguments: Any, **named: Any) -> subprocess.Popen[str]:
        processes.append(start(*arguments, **named))
        return processes[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    yield processes
    for one in processes:
        assert one.poll() is not None


def ask(address: str, line: str) -> str:
    """Send a line to the control of the clients; return its answer."""
    host, _, port = address.partition(":")
    with socket.create_connection((host, int(port))) as control, control.makefile("rw") as lines:
        lines.write(line + "\n")
        lines.flush()
        return lines.readline()


def program(folder: Path, text: str) -> MeasureContext:
    """Return a context with a script in the place of the companion."""
    path = folder / "commands" / "internal--companion"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o700)
    return observed.context(folder)


def test_its_addresses_are_those_of_the_upstream_and_of_the_clients(observing: MeasureContext) -> None:
    with base.other_end(observing, CONNECTION) as addresses:
        assert addresses.keys() == {"UPSTREAM", "LOAD"}
        with urllib.request.urlopen(f"http://{addresses['UPSTREAM']}/?ms=1") as answer:
            assert answer.read() == b"ok\n"
        assert ask(addresses["LOAD"], "close") == "closed\n"


def test_it_ends_with_what_needs_it(observing: MeasureContext, started: list[subprocess.Popen[str]]) -> None:
    with base.other_end(observing, CONNECTION) as addresses:
        (running,) = started
        assert running.poll() is None
    assert running.returncode == 0
    with pytest.raises(ConnectionRefusedError):
        ask(addresses["LOAD"], "close")


def test_it_ends_when_what_needs_it_fails(observing: MeasureContext, started: list[subprocess.Popen[str]]) -> None:
    with pytest.raises(RuntimeError, match="the program"), base.other_end(observing, CONNECTION):
        raise RuntimeError("the program")
    assert started[0].returncode == 0


def test_a_benchmark_that_does_not_need_it_has_none(observing: MeasureContext, started: list[subprocess.Popen[str]]) -> None:
    with base.other_end(observing, EMPTY) as addresses:
        assert (addresses, started) == ({}, [])


def test_each_time_it_is_another(observing: MeasureContext) -> None:
    with base.other_end(observing, CONNECTION) as one, base.other_end(observing, CONNECTION) as other:
        assert not {*one.values()} & {*other.values()}


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the platform has no pinning")
def test_it_is_pinned_to_the_harness_cpus(observing: MeasureContext, started: list[subprocess.Popen[str]]) -> None:
    last = max(os.sched_getaffinity(0))
    context = MeasureContext(**{**vars(observing), "other_cpus": (last,)})
    with base.other_end(context, CONNECTION):
        assert os.sched_getaffinity(started[0].pid) == {last}


@pytest.mark.parametrize(
    ("text", "printed"),
    [("exit 1", "''"), ("echo 8080", "'8080'"), ("echo no port left", "'no port left'")],
    ids=["ends", "one port", "a complaint"],
)
def test_one_that_does_not_print_its_two_ports_is_refused(
    tmp_path: Path, started: list[subprocess.Popen[str]], text: str, printed: str
) -> None:
    with (
        pytest.raises(ToolchainError, match=f"internal--companion: it did not print its two ports but {printed}"),
        base.other_end(program(tmp_path, text), CONNECTION),
    ):
        pass
    assert started[0].returncode is not None


def test_one_that_ends_before_the_program_is_the_harnesss_failure(tmp_path: Path, started: list[subprocess.Popen[str]]) -> None:
    told = tmp_path / "told"
    context = program(tmp_path, f"echo 1 2; until [ -e {told} ]; do sleep 0.01; done; exit 3")

    def fail() -> None:
        (running,) = started
        told.touch()
        os.waitid(os.P_PID, running.pid, os.WEXITED | os.WNOWAIT)
        raise RuntimeError("no answer from the other end")

    with (
        pytest.raises(HarnessError, match=r"internal--companion has ended with exit status 3$"),
        base.other_end(context, CONNECTION),
    ):
        fail()


def test_one_that_does_not_end_is_killed_with_its_group(
    tmp_path: Path, started: list[subprocess.Popen[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peer, "PATIENCE", 0.05)
    written = tmp_path / "child"
    context = program(tmp_path, f"sleep 600 >&- & echo $! > {written}; echo 1 2; wait")
    with base.other_end(context, CONNECTION):
        child = int(written.read_text())
    assert started[0].returncode == -9
    assert hangs.gone(child)


def test_one_that_does_not_compile_is_refused_with_the_compilers_message(tmp_path: Path) -> None:
    folder = tmp_path / "go_examples" / peer.PACKAGE
    folder.mkdir(parents=True)
    (folder / "main.go").write_text("package main\n\nfunc main() { nonsense }\n", encoding="utf-8")
    (tmp_path / "go_examples" / "go.mod").write_text("module go_examples\n\ngo 1.27\n", encoding="utf-8")
    with pytest.raises(ToolchainError, match="undefined: nonsense"):
        base.build_peer(observed.context(tmp_path / "binaries", tmp_path), CONNECTION)
