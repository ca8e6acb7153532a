from __future__ import annotations

import math
from typing import Any

import pytest

from bench.analyse.estimates import estimate
from bench.analyse.records import ControlScore, Estimate, Flag
from bench.records.run import Reading
from tests.synthetic import GO, GO_LIBRARY, NATIVE, PURE, canary, failed, invocation, plan, python_runtime, result, rounds, run

SOUND = ControlScore(intervals=40, contain_one=39, median_deviation=0.001, flags=())


def test_every_python_program_is_compared_with_every_go_program() -> None:
    analysed = estimate(run(), result(rounds({PURE: 4e-3, NATIVE: 1e-3, GO: 1e-4, GO_LIBRARY: 5e-5})), SOUND)
    assert {(ratio.python, ratio.go) for ratio in analysed.ratios} == {(p, g) for p in (PURE, NATIVE) for g in (GO, GO_LIBRARY)}
    assert sorted(analysed.programs) == sorted((PURE, NATIVE, GO, GO_LIBRARY))


def test_quiet_programs_give_publishable_metrics_near_the_truth() -> None:
    analysed = estimate(run(), result(rounds({PURE: 3.8e-3, GO: 1e-4})), SOUND)
    ratio = analysed.ratio(PURE, GO)
    assert ratio is not None
    assert ratio.publishable
    assert ratio.ratio == pytest.approx(38, rel=0.01)
    assert ratio.outcome == "go faster"
    assert analysed.programs[GO].publishable
    assert analysed.programs[GO].value == pytest.approx(1e-4, rel=0.01)


def test_there_is_no_ratio_of_programs_that_were_not_measured() -> None:
    assert estimate(run(), result(), SOUND).ratio(PURE, GO_LIBRARY) is None


def test_a_program_that_always_failed_is_unavailable_with_its_last_failure() -> None:
    always = tuple(failed(round=n, program=NATIVE, failure=f"exit status {n}") for n in range(20))
    analysed = estimate(run(), result(rounds({PURE: 4e-3, GO: 1e-4}) + always), SOUND)
    assert analysed.unavailable == {NATIVE: "failed in all 20 invocations; the last: exit status 19"}
    assert [ratio.python for ratio in analysed.ratios] == [PURE]


def test_what_could_not_be_run_stays_unavailable() -> None:
    assert estimate(run(), result(unavailable={NATIVE: "no orjson for PyPy"}), SOUND).unavailable == {
        NATIVE: "no orjson for PyPy"
    }


def test_a_flag_of_one_program_is_a_flag_of_its_ratios_only() -> None:
    slow = (python_runtime(), python_runtime(name="cpython-3.11", canary=canary(1.5)))
    old = "python/pure/cpython-3.11"
    analysed = estimate(run(pythons=slow), result(rounds({PURE: 4e-3, old: 5e-3, GO: 1e-4})), SOUND)
    blocked = analysed.ratio(old, GO)
    sound = analysed.ratio(PURE, GO)
    assert blocked is not None
    assert sound is not None
    assert [flag.kind for flag in blocked.flags] == ["unoptimised-interpreter"]
    assert sound.publishable
    assert analysed.programs[GO].publishable
    assert not analysed.programs[old].publishable


def test_a_flag_of_a_program_names_it() -> None:
    spoiled = {"throttled": 1, "foreign": 0.5}
    invocations = [one.model_copy(update=spoiled) if one.program == PURE else one for one in rounds({PURE: 4e-3, GO: 1e-4})]
    analysed = estimate(run(), result(tuple(invocations)), SOUND)
    assert [(flag.kind, PURE in flag.message) for flag in analysed.programs[PURE].flags] == [
        ("throttled", True),
        ("foreign", True),
    ]


def test_a_load_that_was_not_as_planned_blocks_its_server_by_name() -> None:
    metrics = {"rate": 9.0, "offered": 10.0, "generator_cpu": 0.1, "connections": 1.0, "opened": 1.0, "seconds": 1.0}
    latencies = dict.fromkeys(("mean", "p50", "p90", "p99", "p999", "max"), 1e-3)
    readings = (Reading(count=None, mark="rate", metrics=metrics | latencies),)
    loaded = [
        one.model_copy(update={"readings": readings}) if one.program == GO else one for one in rounds({PURE: 4e-3, GO: 1e-4})
    ]
    analysed = estimate(run(), result(tuple(loaded)), SOUND)
    (flag,) = analysed.programs[GO].flags
    assert (flag.kind, flag.blocker, GO in flag.message) == ("load", True, True)


def few(count: int, **changes: Any) -> Estimate:
    return estimate(run(), result(rounds({PURE: 4e-3, GO: 1e-4}, count=count, noise=0.001), **changes), SOUND)


def test_a_benchmark_says_how_many_pairs_it_needs() -> None:
    enough = few(6, min_pairs=6)
    assert [enough.ratios[0].flags, enough.programs[PURE].flags] == [(), ()]
    assert [flag.message for flag in few(14).ratios[0].flags] == ["It rests on 14 pairs; 15 are the fewest to publish."]
    assert [flag.message for flag in few(14).programs[PURE].flags] == [
        "It rests on 14 invocations; 15 are the fewest to publish."
    ]


@pytest.mark.parametrize(("max_half_width", "publishable"), [(0.05, False), (0.5, True)])
def test_a_benchmark_says_how_wide_its_intervals_may_be(max_half_width: float, *, publishable: bool) -> None:
    noisy = rounds({PURE: 4e-3, GO: 1e-4}, noise=0.3)
    analysed = estimate(run(), result(noisy, max_half_width=max_half_width), SOUND)
    assert [ratio.publishable for ratio in analysed.ratios] == [publishable]
    assert [program.publishable for program in analysed.programs.values()] == [publishable] * 2


@pytest.mark.parametrize(("min_pairs", "publishable"), [(15, False), (6, True)])
def test_of_few_invocations_more_may_be_shared_with_others(min_pairs: int, *, publishable: bool) -> None:
    invocations = [
        one.model_copy(update={"foreign": 0.5 if one.round < 2 else 0.0}) for one in rounds({PURE: 4e-3, GO: 1e-4}, noise=0.001)
    ]
    analysed = estimate(run(), result(tuple(invocations), min_pairs=min_pairs), SOUND)
    assert [ratio.publishable for ratio in analysed.ratios] == [publishable]
    assert [program.publishable for program in analysed.programs.values()] == [publishable] * 2


def test_answers_that_always_differ_leave_no_metric_but_the_reason() -> None:
    wrong = tuple(invocation(round=n, checksum=7) for n in range(20))
    (ratio,) = estimate(run(), result(rounds({GO: 1e-4}) + wrong), SOUND).ratios
    assert math.isnan(ratio.ratio)
    assert not ratio.publishable
    assert "checksum" in {flag.kind for flag in ratio.flags}


def test_a_smoke_run_of_five_pairs_is_analysed_and_blocked() -> None:
    smoke = run(plan=plan(profile="smoke", min_pairs=5, max_pairs=5))
    (ratio,) = estimate(smoke, result(rounds({PURE: 4e-3, GO: 1e-4}, count=5)), SOUND).ratios
    assert ratio.pairs == 5
    assert {flag.kind for flag in ratio.flags if flag.blocker} == {"smoke-profile", "too-few-pairs"}


def test_failing_controls_block_every_metric_of_the_run() -> None:
    failing = SOUND.model_copy(update={"flags": (Flag(kind="controls", blocker=True, message="They fail."),)})
    analysed = estimate(run(), result(), failing)
    assert not any(ratio.publishable for ratio in analysed.ratios)
    assert not any(program.publishable for program in analysed.programs.values())


def test_an_estimate_does_not_depend_on_the_order_of_the_invocations() -> None:
    invocations = rounds()
    assert estimate(run(), result(invocations[::-1]), SOUND) == estimate(run(), result(invocations), SOUND)
