"""What `site` and `bench` say around the measuring, which is left out here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.catalog import Benchmark, Catalog
from bench.measure.host.machine import machine
from bench.records.store import StoredRun
from scripts.command_line import measuring, project, stamp
from tests import synthetic
from tests.command_line.commands import Typed, error
from tests.publish import made

FIB = made.CATALOG.benchmark("execution/fib")
PUBLISHED = "site/performance/loops-and-arithmetic/index.html#fib"
LOCAL = "site/this-machine/index.html#execution--fib"
QUICK = synthetic.run(machine=machine(), plan=synthetic.plan(profile="quick"))


@pytest.fixture(autouse=True)
def nothing_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have nothing measured and no page built, as if the site of this project had not been built either."""
    monkeypatch.setattr(stamp, "read", lambda _: {})
    monkeypatch.setattr(measuring, "measure", lambda *_: [])
    monkeypatch.setattr(measuring, "build_pages", lambda *_: [])


def pages(typed: Typed, *words: str) -> list[list[str]]:
    """Return the rows on where the numbers are."""
    done = typed("site", "--only", FIB.id, *words)
    assert done.exit_code == 0, done.output
    return [re.split(" {2,}", line) for line in done.stdout.splitlines()[1:]]


def test_site_ends_with_the_page_of_what_only_this_machine_has_measured(results: Path, typed: Typed) -> None:
    made.save(results, QUICK, (FIB,))
    assert pages(typed) == [[FIB.id, "this machine", LOCAL]]


def test_site_ends_with_the_page_of_what_is_published(results: Path, typed: Typed) -> None:
    made.save(results, synthetic.run(), (FIB,))
    assert pages(typed) == [[FIB.id, "published", PUBLISHED]]


def test_site_ends_with_both_pages_where_both_have_numbers(results: Path, typed: Typed) -> None:
    made.save(results, synthetic.run(), (FIB,))
    made.save(results, QUICK.model_copy(update={"id": f"{QUICK.id}-2"}), (FIB,))
    assert [row[-1] for row in pages(typed)] == [LOCAL, PUBLISHED]


def test_site_without_a_selection_ends_with_the_page_of_this_machine(typed: Typed) -> None:
    assert typed("site").stderr == "This machine's numbers: site/this-machine/index.html\n"


def test_smoke_numbers_are_nowhere(typed: Typed) -> None:
    assert typed("site", "--profile", "smoke").output == ""


@pytest.mark.parametrize("command", ["site", "bench"])
def test_a_selection_that_matches_nothing_is_refused_before_anything_is_measured(
    typed: Typed, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(measuring, "measure", lambda *_: pytest.fail("it measures"))
    assert "did you mean execution/fib" in error(typed(command, "--only", "execution/fob"))


PLACE = "bench/workloads/execution/fib.py:7: to be filled in: the work that is measured"


@pytest.mark.parametrize("command", ["site", "bench"])
def test_a_skeleton_is_refused_with_what_check_says_of_it(typed: Typed, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setattr(measuring, "unfinished", lambda _: [PLACE])
    monkeypatch.setattr(measuring, "measure", lambda *_: pytest.fail("it measures"))
    said = error(typed(command, "--only", FIB.id))
    assert said.splitlines() == [PLACE, f"not measured before that is done: {FIB.id}"]


def test_the_others_are_measured_beside_a_skeleton(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[str] = []

    def measure(_: Path, __: Catalog, selected: list[Benchmark], *___: object) -> list[StoredRun]:
        measured.extend(benchmark.id for benchmark in selected)
        return []

    monkeypatch.setattr(measuring, "unfinished", lambda _: [PLACE])
    monkeypatch.setattr(measuring, "measure", measure)
    assert PLACE in error(typed("bench", "--only", "execution/fib,execution/n-body"))
    assert measured == ["execution/n-body"]


@pytest.mark.parametrize(
    ("globs", "curves"),
    [
        ("*", False),
        ("web/*", False),
        ("web/json,web/*", False),
        ("web/*-latency", True),
        ("web/*,web/json-latency", True),
        ("web/json*", True),
    ],
)
def test_a_quick_run_has_a_latency_curve_where_a_glob_asks_for_it(globs: str, *, curves: bool) -> None:
    kept = project.without_curves(made.CATALOG.benchmarks, globs)
    assert (made.CATALOG.benchmark("web/json-latency") in kept) == curves


def test_a_quick_run_leaves_out_nothing_but_curves() -> None:
    kept = project.without_curves(made.CATALOG.benchmarks, "*")
    assert [entry for entry in made.CATALOG.benchmarks if not entry.has_curve] == kept


def test_bench_says_what_a_quick_run_leaves_out(typed: Typed) -> None:
    done = typed("bench", "--only", "web/*")
    curves = sum(entry.has_curve for entry in made.CATALOG.benchmarks if entry.section == "web")
    assert (
        f"Left out: {curves} latency curves, which a quick run measures when asked: --only 'web/*-latency'"
        in done.stderr + done.stdout
    )


def test_a_full_run_leaves_nothing_out(typed: Typed) -> None:
    done = typed("bench", "--only", "web/*", "--profile", "full")
    assert "Left out" not in done.stderr + done.stdout
