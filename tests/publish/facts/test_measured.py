"""What was added later and measured alone is shown with the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.measure.host.machine import machine
from bench.records.run import Run
from scripts.publish.facts import summary
from scripts.publish.facts.data import SiteData, load
from scripts.publish.facts.rows import program_rows, variant_rows
from tests import synthetic
from tests.publish import made

FULL = synthetic.run()
PI = made.CATALOG.benchmark("execution/pidigits")
PURE, NATIVE, GO = "python/pure/cpython-3.14", "python/native-library/cpython-3.14", "go/standard-library"
JIT = f"{PURE}-jit"
TIMES = {PURE: 38e-3, NATIVE: 0.5e-3, JIT: 30e-3, GO: 1e-3}


def save(results: Path, run: Run, *programs: str) -> Run:
    """Store a run that has measured some programs of the digits of pi."""
    invocations = synthetic.rounds({program: TIMES[program] for program in programs}, count=40)
    return made.store(results, run, [made.result(PI, run, invocations)])


def site(results: Path, *later: str, **changes: object) -> SiteData:
    """Return a site with a run of two programs, and a later one of some more."""
    save(results, FULL, PURE, GO)
    save(results, made.later(FULL, 3, **changes), *later)
    return load(made.ROOT, results)


def test_a_variant_that_was_measured_alone_is_shown_beside_the_headline(results: Path) -> None:
    both = site(results, NATIVE, GO)
    assert {(row.python, row.ratio is not None) for row in variant_rows(both, PI)} == {("pure", True), ("native-library", True)}


def test_what_is_shown_says_which_run_it_comes_from(results: Path) -> None:
    rows = {row.python: row for row in variant_rows(site(results, NATIVE, GO), PI)}
    sources = {variant: row.measured.run.id for variant, row in rows.items() if row.measured}
    assert sources == {"pure": FULL.id, "native-library": made.later(FULL, 3).id}


def test_a_runtime_that_was_measured_alone_has_rows_of_its_own(results: Path) -> None:
    with_jit = (synthetic.python_runtime(), made.JIT)
    both = site(results, JIT, GO, pythons=with_jit)
    assert {row.program for row in program_rows(both, PI) if row.estimate} == {PURE, JIT, GO}
    assert [row["runtime"] for row in summary.rows(both, PI) if row["headline"]] == ["cpython-3.14", "cpython-3.14-jit"]


def changed_since(results: Path, *programs: str) -> SiteData:
    """Return a site with a run of three programs, some of which have changed since, and a later one of the headline's two."""
    first = made.result(PI, FULL, synthetic.rounds({program: TIMES[program] for program in (PURE, NATIVE, GO)}, count=40))
    before = first.programs | dict.fromkeys(programs, "0" * 64)
    made.store(results, FULL, [first.model_copy(update={"programs": before})])
    save(results, made.later(FULL, 3), PURE, GO)
    return load(made.ROOT, results)


def test_what_was_not_measured_again_as_it_is_unchanged_is_shown_beside_what_was(results: Path) -> None:
    both = changed_since(results, PURE)
    assert both.published[PI.id].run.id == made.later(FULL, 3).id
    assert {(row.python, row.ratio is not None) for row in variant_rows(both, PI)} == {("pure", True), ("native-library", True)}


def test_what_has_changed_and_was_not_measured_again_is_not_shown(results: Path) -> None:
    both = changed_since(results, PURE, NATIVE)
    assert {(row.python, row.ratio is not None) for row in variant_rows(both, PI)} == {("pure", True), ("native-library", False)}


def test_the_headline_stays_that_of_the_run_that_has_both_of_its_programs(results: Path) -> None:
    both = site(results, NATIVE, GO)
    assert both.published[PI.id].run.id == FULL.id
    assert {stored.run.id for stored in both.published_runs} == {FULL.id, made.later(FULL, 3).id}


@pytest.mark.parametrize(
    "changes",
    [{"machine": synthetic.machine(kernel="6.19.0")}, {"go": synthetic.go_runtime(version="go1.28")}],
    ids=["machine", "toolchain"],
)
def test_nothing_is_taken_from_another_machine_or_toolchain(results: Path, changes: dict[str, object]) -> None:
    assert NATIVE not in site(results, NATIVE, GO, **changes).published[PI.id].estimate.programs


def test_a_program_that_both_have_is_the_headlines(results: Path) -> None:
    both = site(results, PURE, NATIVE)
    assert both.published[PI.id].source(PURE).run.id == FULL.id


def test_this_machines_newest_result_with_the_headline_is_joined_by_the_others(results: Path) -> None:
    here = {"machine": machine(), "plan": synthetic.plan(profile="quick")}
    save(results, FULL.model_copy(update=here), PURE, GO)
    save(results, made.later(FULL, 3, **here), NATIVE, GO)
    local = load(made.ROOT, results).local[PI.id]
    assert (local.run.id, NATIVE in local.estimate.programs) == (FULL.id, True)
