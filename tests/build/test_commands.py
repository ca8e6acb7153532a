"""What the build script says where it measures nothing."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
import termios
from pathlib import Path
from typing import Any

import pytest

from bench.catalog import load_catalog
from tests import project, synthetic
from tests.build.commands import build, command, environment, succeeded
from tests.kinds import first
from tests.publish import made

ONE_OF_EACH = tuple({benchmark.instrument: benchmark for benchmark in reversed(made.CATALOG.benchmarks)}.values())
"""A benchmark for each instrument."""
N_BODY = made.CATALOG.benchmark("execution/n-body")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with two made-up full runs of a few benchmarks."""
    root = project.copy(tmp_path_factory.mktemp("measured"))
    run = made.save(root / "bench" / "results", benchmarks=(N_BODY, *ONE_OF_EACH))
    made.save(root / "bench" / "results", made.later(run, hours=3), benchmarks=(N_BODY, *ONE_OF_EACH))
    return root


def printed(root: Path, *arguments: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(succeeded(build(root, *arguments, "--json")).stdout)
    return rows


def at_a_terminal(root: Path, columns: int, *arguments: str) -> list[str]:
    """Return the lines that a command prints at a terminal of so many columns, without their styles."""
    reading, writing = pty.openpty()
    termios.tcsetwinsize(writing, (40, columns))
    with subprocess.Popen(command(*arguments), cwd=root, env=environment(), stdout=writing, stderr=writing) as running:
        os.close(writing)
        output = b""
        with contextlib.suppress(OSError):  # which is how a terminal ends
            while read := os.read(reading, 4096):
                output += read
    os.close(reading)
    assert running.returncode == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", output.decode()).splitlines()


LONGEST = max((benchmark for benchmark in made.CATALOG.benchmarks if benchmark.instrument != "http"), key=lambda b: len(b.id))


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with two made-up full runs of the benchmark with the longest id."""
    root = project.copy(tmp_path_factory.mktemp("few"))
    run = made.save(root / "bench" / "results", benchmarks=(LONGEST,))
    made.save(root / "bench" / "results", made.later(run, hours=3), benchmarks=(LONGEST,))
    return root


@pytest.mark.parametrize("columns", first([80, 200]))
@pytest.mark.parametrize("name", ["list", "show", "compare"])
def test_every_line_fits_the_terminal_and_no_id_is_cut(few: Path, name: str, columns: int) -> None:
    run = synthetic.run().id
    arguments = {"list": (), "show": (LONGEST.id,), "compare": (run, f"{run}-3")}[name]
    lines = at_a_terminal(few, columns, name, *arguments)
    assert [line for line in lines if len(line) > columns] == []
    assert [line for line in lines if "…" in line] == []
    ids = {benchmark.id for benchmark in made.CATALOG.benchmarks} if name == "list" else {LONGEST.id}
    assert ids <= {line.split()[0].rstrip(":") for line in lines if line}


def test_check_counts_what_is_valid(measured: Path) -> None:
    catalog = load_catalog(measured)
    said = succeeded(build(measured, "check")).stderr
    assert said == f"{len(catalog.benchmarks)} benchmarks, {len(catalog.claims)} claims and 2 runs are valid.\n"


def test_without_results_every_benchmark_is_listed_as_not_measured(untouched: Path) -> None:
    lines = succeeded(build(untouched, "list")).stdout.splitlines()[1:]
    assert len(lines) == len(load_catalog(untouched).benchmarks)
    assert all("not measured" in line for line in lines)


def test_without_results_json_has_no_headline(untouched: Path) -> None:
    assert {(row["runtime"], row["headline"]) for row in printed(untouched, "list")} == {(None, None)}


def test_list_has_a_row_for_each_benchmark_and_runtime(measured: Path) -> None:
    rows = printed(measured, "list")
    runtimes = ("cpython-3.14", "cpython-3.14-jit")
    assert [(row["id"], row["runtime"]) for row in rows] == [
        (benchmark.id, name)
        for benchmark in load_catalog(measured).benchmarks
        for name in (runtimes if benchmark in (N_BODY, *ONE_OF_EACH) else (None,))
    ]


def test_a_row_says_what_the_benchmark_is_and_its_headline_result(measured: Path) -> None:
    (row, _) = printed(measured, "show", "execution/n-body")
    headline = row.pop("headline")
    assert row == {
        "id": "execution/n-body",
        "runtime": "cpython-3.14",
        "page": "performance/loops-and-arithmetic",
        "instrument": "time",
        "tiers": {"python": ["pure", "compiled"], "go": ["standard-library"]},
    }
    assert headline["interval"][0] <= headline["ratio"] <= headline["interval"][1]
    assert headline["ratio"] == pytest.approx(38, rel=0.05)
    assert (headline["pairs"], headline["publishable"], headline["profile"]) == (made.PAIRS, True, "full")
    assert headline["run"] == f"{synthetic.run().id}-3"


def test_show_names_the_programs_files(measured: Path) -> None:
    said = succeeded(build(measured, "show", "execution/n-body")).stdout
    assert "bench/workloads/execution/n_body.py" in said
    assert "go_examples/execution/nbody" in said


@pytest.fixture(scope="module")
def unoptimised(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with a made-up full run of an interpreter that was built without optimisation."""
    root = project.copy(tmp_path_factory.mktemp("unoptimised"))
    run = synthetic.run(pythons=(synthetic.python_runtime(canary=synthetic.canary(1.5)),))
    made.save(root / "bench" / "results", run, benchmarks=ONE_OF_EACH)
    return root


def test_an_interpreter_without_optimisation_gives_numbers_that_are_not_publishable(unoptimised: Path) -> None:
    headlines = [row["headline"] for row in printed(unoptimised, "list") if row["runtime"]]
    assert {headline["publishable"] for headline in headlines} == {False}
    blockers = [{flag["kind"] for flag in headline["flags"] if flag["blocker"]} for headline in headlines]
    assert all("unoptimised-interpreter" in kinds for kinds in blockers)


def test_smoke_runs_are_not_listed(copied: Path) -> None:
    made.save(copied / "build" / "results", synthetic.run(plan=synthetic.plan(profile="smoke")), benchmarks=ONE_OF_EACH)
    assert {row["headline"] for row in printed(copied, "list")} == {None}
