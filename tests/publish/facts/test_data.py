from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from bench.analyse.aa_controls import ENOUGH
from bench.measure.host.machine import machine
from bench.records.files import ResultError
from bench.records.run import BenchmarkResult
from bench.records.store import result_name
from scripts.publish.facts.data import SiteData, load
from tests import synthetic
from tests.publish import made

FULL = synthetic.run()
N_BODY = made.CATALOG.benchmark("execution/n-body")


def measured_n_body(**changes: Any) -> BenchmarkResult:
    """Return the result of n-body in the full run."""
    return made.result(N_BODY, FULL, synthetic.rounds(made.seconds(N_BODY, FULL), count=40), **changes)


def test_without_results_nothing_is_published(empty: SiteData) -> None:
    assert empty.published == {}
    assert empty.ratio("execution/n-body") is None


def test_every_benchmark_of_a_good_full_run_is_published(measured: SiteData) -> None:
    assert set(measured.published) == {benchmark.id for benchmark in made.CATALOG.benchmarks}


def test_the_newest_good_full_run_is_published(results: Path) -> None:
    made.save(results, FULL, (N_BODY,))
    newest = made.save(results, made.later(FULL, 3), (N_BODY,))
    assert load(made.ROOT, results).published[N_BODY.id].run.id == newest.id


def test_a_newer_run_that_cannot_be_published_does_not_replace_a_good_one(results: Path) -> None:
    good = made.save(results, FULL, (N_BODY,))
    slow = synthetic.python_runtime(canary=synthetic.canary(1.6))
    made.save(results, made.later(FULL, 3, pythons=(slow,)), (N_BODY,))
    assert load(made.ROOT, results).published[N_BODY.id].run.id == good.id


def test_where_no_run_can_be_published_the_newest_gives_the_reasons(results: Path) -> None:
    slow = FULL.model_copy(update={"pythons": (synthetic.python_runtime(canary=synthetic.canary(1.6)),)})
    made.save(results, slow, (N_BODY,))
    ratio = load(made.ROOT, results).ratio(N_BODY.id)
    assert ratio is not None
    assert not ratio.publishable


def test_controls_of_the_same_machine_before_a_run_help_to_judge_it(results: Path) -> None:
    first = made.save(
        results, FULL, tuple(benchmark for benchmark in made.CATALOG.benchmarks if benchmark.section == "execution")
    )
    few = made.save(results, made.later(FULL, 3), (N_BODY,))
    elsewhere = made.save(results, made.later(FULL, 6, machine=synthetic.machine(cpu="Other CPU")), (N_BODY,))
    site = load(made.ROOT, results)
    scores = {stored.run.id: site.analyses.score(stored) for stored in site.runs}
    assert scores[few.id].intervals > scores[first.id].intervals >= ENOUGH > scores[elsewhere.id].intervals


def test_a_quick_run_is_not_published(results: Path) -> None:
    made.save(results, FULL.model_copy(update={"plan": synthetic.plan(profile="quick")}), (N_BODY,))
    assert load(made.ROOT, results).published == {}


def test_a_result_that_was_cut_short_is_not_published(results: Path) -> None:
    made.store(results, FULL, [measured_n_body(complete=False)])
    assert load(made.ROOT, results).published == {}


def test_the_newest_finished_result_of_this_machine_is_local(results: Path) -> None:
    here = FULL.model_copy(update={"machine": machine(), "plan": synthetic.plan(profile="quick")})
    made.save(results, FULL, (N_BODY,))
    made.save(results, made.later(here, 1), (N_BODY,), count=15)
    newest = made.save(results, made.later(here, 2), (N_BODY,), count=15)
    assert load(made.ROOT, results).local[N_BODY.id].run.id == newest.id


def test_a_smoke_run_of_this_machine_is_not_shown(results: Path) -> None:
    made.save(results, FULL.model_copy(update={"machine": machine(), "plan": synthetic.plan(profile="smoke")}), (N_BODY,))
    assert load(made.ROOT, results).local == {}


def test_a_later_run_of_the_headline_alone_confirms_and_replaces_nothing(results: Path) -> None:
    made.save(results, FULL, (N_BODY,))
    again = made.later(FULL, 3)
    headline = synthetic.rounds({synthetic.PURE: 0.038, synthetic.GO: 0.001})
    made.store(results, again, [made.result(N_BODY, again, headline)])
    site = load(made.ROOT, results)
    assert site.published[N_BODY.id].run.id == FULL.id
    assert site.confirmations[N_BODY.id].run == again.id


@pytest.mark.parametrize(("hours", "confirmed"), [(3, True), (1, False)])
def test_a_result_is_confirmed_by_an_agreeing_run_hours_apart(results: Path, hours: int, *, confirmed: bool) -> None:
    made.save(results, FULL, (N_BODY,))
    made.save(results, made.later(FULL, hours), (N_BODY,))
    second = load(made.ROOT, results).confirmations.get(N_BODY.id)
    assert ((second.run, second.state) if second else None) == ((FULL.id, "confirmed") if confirmed else None)


def test_a_result_of_the_programs_as_they_are_has_not_changed(measured: SiteData) -> None:
    assert measured.changed == frozenset()


def test_a_result_of_other_programs_has_changed(results: Path) -> None:
    made.store(results, FULL, [measured_n_body(programs={synthetic.PURE: "0" * 64, synthetic.GO: "0" * 64})])
    assert load(made.ROOT, results).changed == {N_BODY.id}


def test_programs_that_disagree_fail_the_load_with_file_benchmark_and_programs(results: Path) -> None:
    invocations = [
        one.model_copy(update={"checksum": 43}) if one.program == synthetic.GO else one for one in measured_n_body().invocations
    ]
    made.store(results, FULL, [made.result(N_BODY, FULL, tuple(invocations))])
    path = results / FULL.id / result_name(N_BODY.id)
    with pytest.raises(ResultError, match=re.escape(str(path))) as caught:
        load(made.ROOT, results)
    assert N_BODY.id in str(caught.value)
    assert synthetic.GO in str(caught.value)
    assert synthetic.PURE in str(caught.value)
    assert "remove the run's folder" in str(caught.value)


def test_a_run_whose_text_no_page_could_hold_is_set_aside(results: Path) -> None:
    run = made.save(results, FULL, (N_BODY,))
    path = results / run.id / "run.json"
    path.write_text(path.read_text(encoding="utf-8").replace("Example CPU", "Example \\ud800"), encoding="utf-8")
    site = load(made.ROOT, results)
    assert [(one.folder.name, one.damaged) for one in site.set_aside] == [(run.id, True)]
    assert "run.json: not valid JSON" in site.set_aside[0].reasons[0]


def test_a_tier_that_a_benchmark_has_not_is_refused_with_those_that_it_has(measured: SiteData) -> None:
    with pytest.raises(KeyError, match="no python program 'native-library'; there are: pure"):
        measured.ratio("execution/n-body", python="native-library")


def test_a_program_of_an_unknown_language_is_refused(measured: SiteData) -> None:
    with pytest.raises(KeyError, match=r"no program .*rust"):
        measured.program("execution/n-body", "rust")


def test_a_runtime_that_was_not_measured_has_no_ratio(measured: SiteData) -> None:
    assert measured.ratio("execution/n-body", runtime="pypy-3.11") is None
