from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse.flags import (
    autocorrelation,
    bimodal,
    kruskal_wallis,
    ordered,
    pair_flags,
    program_flags,
    run_flags,
    runtime_flags,
    sample_flags,
)
from bench.analyse.pairs import Pair
from bench.analyse.ratios import ratio
from bench.analyse.records import ControlScore, Flag, Interval
from bench.catalog.model import MIN_HTTP_PAIRS
from bench.records.run import Invocation, Reading
from tests.synthetic import GO, PURE, canary, failed, invocation, part, plan, python_runtime, run

SOUND = ControlScore(intervals=40, contain_one=39, median_deviation=0.001, flags=())


def kinds(flags: Iterable[Flag], *, blocker: bool) -> set[str]:
    return {flag.kind for flag in flags if flag.blocker is blocker}


def normal(count: int, scale: float = 0.01) -> list[float]:
    """Return the quantiles of a normal sample, the small and the large ones in turn."""
    quantiles = [scale * NormalDist().inv_cdf((n + 0.5) / count) for n in range(count)]
    rng = np.random.default_rng(count)
    return [float(value) for value in rng.permutation(quantiles)]


def pairs_of(d: Sequence[float], layouts: Iterable[int] = (1,), **changes: Any) -> list[Pair]:
    go = islice(cycle(layouts), len(d))
    return [
        Pair(invocation(seconds_each=1e-3 * math.exp(value), **changes), invocation(program=GO, layout=layout, **changes))
        for value, layout in zip(d, go, strict=True)
    ]


def flags_of(all_pairs: Sequence[Pair]) -> tuple[Flag, ...]:
    return pair_flags(ratio(PURE, GO, all_pairs), all_pairs)


def invocations(count: int = 20, **changes: Any) -> list[Invocation]:
    return [invocation(round=n, **changes) for n in range(count)]


# --- Of a run ---


def test_a_clean_full_run_raises_nothing() -> None:
    assert run_flags(run(), SOUND) == ()


def test_a_smoke_run_is_never_a_result() -> None:
    flags = run_flags(run(plan=plan(profile="smoke")), SOUND)
    assert [flag.message for flag in flags] == ["A smoke run proves the machinery and is never a result."]
    assert kinds(flags, blocker=True) == {"smoke-profile"}


def test_a_dirty_tree_is_a_warning() -> None:
    assert kinds(run_flags(run(parts=(part(dirty=True),)), SOUND), blocker=False) == {"dirty"}


def test_what_the_controls_say_holds_for_every_metric_of_the_run() -> None:
    flag = Flag(kind="controls", blocker=True, message="They fail.")
    assert run_flags(run(), SOUND.model_copy(update={"flags": (flag,)})) == (flag,)


# --- Of a runtime ---


@pytest.mark.parametrize(("score", "raised"), [(1.15, False), (1.16, True)])
def test_the_canary_tells_an_unoptimised_interpreter(score: float, *, raised: bool) -> None:
    flags = runtime_flags(PURE, run(pythons=(python_runtime(canary=canary(score)),)))
    assert ("unoptimised-interpreter" in kinds(flags, blocker=True)) is raised


def test_the_message_says_how_slow_the_interpreter_is_and_against_what() -> None:
    (flag,) = runtime_flags(PURE, run(pythons=(python_runtime(origin="pyenv", canary=canary(1.52)),)))
    assert "pyenv" in flag.message
    assert "1.52 times as long for bytecode as Debian 3.14.10" in flag.message


def test_another_runtimes_canary_does_not_matter() -> None:
    other = python_runtime(name="cpython-3.11", canary=canary(2.0))
    assert runtime_flags(PURE, run(pythons=(python_runtime(), other))) == ()


def test_go_has_no_canary() -> None:
    assert runtime_flags(GO, run(pythons=(python_runtime(canary=canary(2.0)),))) == ()


# --- Of a program ---


def test_quiet_invocations_raise_nothing() -> None:
    assert program_flags(PURE, invocations()) == ()


@pytest.mark.parametrize(("kind", "changes"), [("throttled", {"throttled": 1}), ("swapped", {"swapped": 1})])
def test_one_disturbed_invocation_blocks(kind: str, changes: dict[str, Any]) -> None:
    flags = program_flags(PURE, [*invocations(), invocation(**changes)])
    assert kinds(flags, blocker=True) == {kind}
    assert "1 of 21 invocations" in flags[0].message


def test_one_failure_blocks() -> None:
    assert kinds(program_flags(PURE, [*invocations(), failed()]), blocker=True) == {"failed"}


@pytest.mark.parametrize(("loops", "raised"), [(10, False), (9, True)])
def test_values_under_a_millisecond_block(loops: int, *, raised: bool) -> None:
    flags = program_flags(PURE, invocations(seconds_each=1.001e-4, loops=loops))
    assert ("short-samples" in kinds(flags, blocker=True)) is raised


@pytest.mark.parametrize(("gain", "raised"), [(1.009, False), (1.011, True)])
def test_slower_first_halves_are_a_warning_from_one_per_cent(gain: float, *, raised: bool) -> None:
    flags = program_flags(PURE, invocations(values=(gain * 1e-3,) * 5 + (1e-3,) * 5))
    assert ("warming-up" in kinds(flags, blocker=False)) is raised


def test_slower_first_halves_now_and_then_are_no_warning() -> None:
    some = invocations(11, values=(1.1e-3,) * 5 + (1e-3,) * 5) + invocations(9, values=(1e-3,) * 5 + (1.1e-3,) * 5)
    assert program_flags(PURE, some) == ()


@pytest.mark.parametrize(("spread", "raised"), [(1.019, False), (1.021, True)])
def test_layouts_more_than_two_per_cent_apart_are_a_warning(spread: float, *, raised: bool) -> None:
    both = invocations(10, program=GO, layout=1) + invocations(10, program=GO, layout=2, seconds_each=spread * 1e-3)
    assert ("layout-sensitive" in kinds(program_flags(GO, both), blocker=False)) is raised


def test_layouts_that_differ_no_more_than_noise_are_no_warning() -> None:
    noise = normal(30, scale=0.05)
    same = [invocation(program=GO, layout=n % 3, seconds_each=1e-3 * math.exp(noise[n])) for n in range(30)]
    assert program_flags(GO, same) == ()


@given(st.lists(st.lists(st.floats(min_value=0, max_value=1), min_size=2, max_size=9, unique=True), min_size=2, max_size=5))
def test_kruskal_wallis_is_that_of_scipy_where_no_values_are_equal(groups: list[list[float]]) -> None:
    from scipy import stats  # noqa: PLC0415  70 MB, which would stay with every process that collects the tests

    everything = [value for group in groups for value in group]
    if len(set(everything)) == len(everything):
        assert kruskal_wallis(groups) == pytest.approx(stats.kruskal(*groups).statistic, abs=1e-9)


def test_metrics_that_are_not_times_are_not_too_short() -> None:
    readings = (Reading(count=None, mark="done", metrics={"p99": 1e-5}),)
    assert program_flags(PURE, invocations(seconds_each=1e-5, loops=1, readings=readings)) == ()


# --- Of a sample ---


@pytest.mark.parametrize(("count", "raised"), [(15, False), (14, True)])
def test_fewer_than_fifteen_block(count: int, *, raised: bool) -> None:
    flags = sample_flags("pairs", count, Interval(low=1, high=1, confidence=0.95))
    assert ("too-few-pairs" in kinds(flags, blocker=True)) is raised


@pytest.mark.parametrize(("width", "raised"), [(0.0499, False), (0.0501, True)])
def test_an_interval_wider_than_five_per_cent_blocks(width: float, *, raised: bool) -> None:
    flags = sample_flags("pairs", 60, Interval(low=2 / (1 + width), high=2 * (1 + width), confidence=0.95))
    assert ("wide-interval" in kinds(flags, blocker=True)) is raised


@pytest.mark.parametrize(("width", "raised"), [(0.2499, False), (0.2501, True)])
def test_a_benchmark_may_have_a_limit_of_its_own(width: float, *, raised: bool) -> None:
    flags = sample_flags("pairs", 60, Interval(low=2 / (1 + width), high=2 * (1 + width), confidence=0.95), 0.25)
    assert ("wide-interval" in kinds(flags, blocker=True)) is raised


def test_the_limit_is_in_the_message() -> None:
    (flag,) = sample_flags("pairs", 60, Interval(low=1, high=2, confidence=0.95), 0.25)
    assert flag.message == "Its interval is ±41.4% wide; ±25 % is the widest to publish."


@pytest.mark.parametrize(("width", "raised"), [(0.25, False), (0.26, True)])
def test_where_few_pairs_are_the_most_the_limit_is_wider(width: float, *, raised: bool) -> None:
    flags = sample_flags("pairs", 9, Interval(low=2 / (1 + width), high=2 * (1 + width), confidence=0.95), 0.10, MIN_HTTP_PAIRS)
    assert ("wide-interval" in kinds(flags, blocker=True)) is raised


# --- Of pairs ---


@pytest.mark.parametrize(("max_half_width", "raised"), [(0.05, True), (0.25, False)])
def test_the_limit_of_a_benchmark_holds_for_its_ratios(max_half_width: float, *, raised: bool) -> None:
    all_pairs = pairs_of(normal(20, scale=0.3))
    assert ("wide-interval" in kinds(pair_flags(ratio(PURE, GO, all_pairs), all_pairs, max_half_width), blocker=True)) is raised


def test_a_normal_sample_raises_nothing() -> None:
    assert flags_of(pairs_of(normal(20))) == ()


def test_one_checksum_mismatch_blocks() -> None:
    all_pairs = pairs_of(normal(20))
    wrong = Pair(all_pairs[0].one, all_pairs[0].other.model_copy(update={"checksum": 7}))
    flags = flags_of([*all_pairs, wrong])
    assert kinds(flags, blocker=True) == {"checksum"}
    assert "1 of 21 pairs" in flags[0].message


@pytest.mark.parametrize(("stolen", "raised"), [(2, False), (3, True)])
def test_steal_blocks_from_more_than_five_per_cent_of_pairs(stolen: int, *, raised: bool) -> None:
    all_pairs = pairs_of(normal(40 - stolen)) + pairs_of([0.0] * stolen, steal=0.5)
    assert ("steal" in kinds(flags_of(all_pairs), blocker=True)) is raised


def test_neighbours_that_resemble_each_other_are_a_warning() -> None:
    assert kinds(flags_of(pairs_of(sorted(normal(30)))), blocker=False) == {"drift"}


def test_two_groups_of_pairs_are_a_warning() -> None:
    two = [value + 0.1 * (n % 2) for n, value in enumerate(normal(30))]
    assert kinds(flags_of(pairs_of(two)), blocker=False) == {"bimodal"}


def test_two_groups_that_are_two_layouts_are_not_bimodal() -> None:
    two = [value + 0.1 * (n % 2) for n, value in enumerate(normal(30))]
    assert flags_of(pairs_of(two, layouts=(1, 2))) == ()


def test_a_median_outside_the_trimmed_interval_is_a_warning() -> None:
    lopsided = np.random.default_rng(1).permutation([0.0] * 31 + [0.02] * 29)
    assert "estimators-disagree" in kinds(flags_of(pairs_of(list(map(float, lopsided)))), blocker=False)


def test_pairs_that_are_all_void_are_too_few_and_say_why() -> None:
    assert kinds(flags_of(pairs_of([0.0] * 20, steal=0.5)), blocker=True) == {"too-few-pairs", "steal"}


# --- The criteria themselves ---


def test_autocorrelation_of_a_worked_example() -> None:
    assert autocorrelation([1, 2, 3, 4]) == pytest.approx(0.25)


@given(st.lists(st.floats(min_value=-1, max_value=1), max_size=30))
def test_autocorrelation_lies_between_minus_one_and_one_and_is_the_same_backwards(d: list[float]) -> None:
    assert -1 <= autocorrelation(d) <= 1
    assert autocorrelation(d[::-1]) == pytest.approx(autocorrelation(d), abs=1e-9)


def test_a_constant_series_has_no_autocorrelation() -> None:
    assert autocorrelation([0.1] * 20) == 0


@pytest.mark.parametrize("count", [15, 30, 60])
def test_one_mode_is_seldom_taken_for_two(count: int) -> None:
    rng = np.random.default_rng(count)
    samples = [rng.normal(size=count) for _ in range(300)] + [rng.standard_t(3, size=count) for _ in range(300)]
    assert sum(bimodal(list(map(float, sample))) for sample in samples) <= 0.01 * len(samples)


@pytest.mark.parametrize("count", [15, 30, 60])
def test_two_modes_eight_standard_deviations_apart_are_nearly_always_found(count: int) -> None:
    rng = np.random.default_rng(count)
    samples = [rng.normal(size=count) + 8 * (rng.permutation(count) < count // 2) for _ in range(200)]
    assert sum(bimodal(list(map(float, sample))) for sample in samples) >= 0.95 * len(samples)


def test_blockers_come_first_and_each_flag_once() -> None:
    warning, blocker = Flag(kind="drift", blocker=False, message="a"), Flag(kind="steal", blocker=True, message="b")
    assert ordered([warning, blocker, warning]) == (blocker, warning)
