"""What `durations` asks for and prints, without a server."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.catalog import Benchmark
from bench.measure.http import web
from bench.measure.instruments.base import InvocationRequest
from bench.records import locks
from scripts.command_line import durations
from tests.command_line.commands import Typed
from tests.measure import hosts

RUNTIME = "cpython-3.14"


@pytest.fixture
def loops(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, list[float]]]:
    """The loops that are asked for, by server, in place of which each second over one costs a tenth of the throughput."""
    asked: list[tuple[str, list[float]]] = []

    def throughputs(
        _: object, entry: Benchmark, program: str, request: InvocationRequest, seconds: Sequence[float]
    ) -> list[float]:
        assert (entry.id, request.phase) == (durations.BENCHMARK, 1.0)
        asked.append((program, list(seconds)))
        return [1000.0 * (1.1 - 0.1 * each) for each in seconds]

    monkeypatch.setattr(web, "throughputs", throughputs)
    monkeypatch.setattr(locks, "measuring", contextlib.nullcontext)
    monkeypatch.setattr(durations, "find_host", lambda *_: hosts.host(tmp_path))
    monkeypatch.setattr(durations, "_equipped", lambda *_: contextlib.nullcontext())
    return asked


def test_each_server_goes_through_all_lengths_in_every_round(typed: Typed, loops: list[tuple[str, list[float]]]) -> None:
    typed("durations", "--seconds", "1,2,3")
    servers = [f"python/fastapi/{RUNTIME}", f"python/django-granian/{RUNTIME}", "go/gin", "go/net-http"]
    assert sorted(program for program, _ in loops) == sorted(servers * durations.ROUNDS)
    assert {tuple(sorted(seconds)) for _, seconds in loops} == {(1.0, 2.0, 3.0)}


@pytest.mark.usefixtures("loops")
def test_it_prints_each_length_beside_the_longest_and_how_many_agree(typed: Typed) -> None:
    done = typed("durations", "--seconds", "2,1")
    rows = [re.split(" {2,}", line) for line in done.stdout.splitlines()]
    assert rows[1] == [f"python/fastapi/{RUNTIME}", "1", "1,000", "1.111", "1.111 to 1.111"]
    assert done.stderr.endswith("0 of 4 are within 2% of the longest.\n")


@pytest.mark.parametrize("seconds", ["1", "1,x", "0,1", "1,1", "1,61", "nan,1", ""])
def test_lengths_that_cannot_be_compared_are_refused(typed: Typed, seconds: str) -> None:
    done = typed("durations", "--seconds", seconds)
    assert done.exit_code == 2
    assert f"--seconds {seconds}: " in done.stderr
