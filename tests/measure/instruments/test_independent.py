"""Programs timed by pyperf and by `go test` alone: what is read of what these print."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from bench.measure.instruments import independent
from bench.records.files import ResultError
from tests.cataloged import CATALOG

FIB = CATALOG.benchmark("execution/fib")
LINE = "BenchmarkRun-2 \t 100\t 12.5 ns/op\t 1250 1-ns\t 7 checksum"


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines that a tool prints in the place of one that measures."""
    lines: list[str] = []
    monkeypatch.setattr(independent, "_run", lambda *_: "\n".join(lines))
    return lines


def test_each_run_of_the_go_benchmark_gives_a_value(printed: list[str]) -> None:
    printed += [LINE] * independent.COUNT
    assert independent.go(ROOT, FIB, "standard-library", ()) == [pytest.approx(12.5e-9)] * independent.COUNT


def test_fewer_runs_of_the_go_benchmark_are_refused(printed: list[str]) -> None:
    printed += [LINE]
    with pytest.raises(ResultError, match="execution/fib: `go test` printed 1 values and not 20"):
        independent.go(ROOT, FIB, "standard-library", ())


def test_a_tool_that_fails_is_named_with_what_it_printed() -> None:
    with pytest.raises(ResultError, match=r"(?s)alone execution/fib execution\.fib .* failed: exit status 1.*No module named"):
        independent.python(Path("/"), FIB, "pure", Path(sys.executable), {}, ())


def test_pinning_ends_with_the_measurement() -> None:
    before = os.sched_getaffinity(0)
    with independent._pinned(sorted(before)[:1]):  # noqa: SLF001  what is started inherits it
        assert os.sched_getaffinity(0) == set(sorted(before)[:1])
    assert os.sched_getaffinity(0) == before
