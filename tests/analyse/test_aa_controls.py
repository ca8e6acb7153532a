from __future__ import annotations

import math
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse.aa_controls import blocks, intervals, judge, score
from bench.analyse.pairs import control_pairs, log_ratios
from tests.synthetic import GO, PURE, result, rounds, run


@given(st.integers(min_value=15, max_value=200))
def test_blocks_hold_every_pair_once_and_at_least_fifteen_each(count: int) -> None:
    d = tuple(float(number) for number in range(count))
    split = blocks(d, 15)
    assert len(split) == count // 15
    assert all(15 <= len(block) < 30 for block in split)
    assert tuple(value for block in split for value in block) == d


def test_too_few_pairs_make_no_block() -> None:
    assert blocks((1.0,) * 14, 15) == []


def test_a_sound_harness_passes() -> None:
    measured = result(rounds(count=300, controls=(PURE, GO)))
    sound = score(intervals(run(), measured))
    assert sound.intervals == 40
    assert sound.contain_one >= 35
    assert sound.median_deviation < 0.005
    assert sound.flags == ()


def test_scores_of_several_runs_are_taken_together() -> None:
    measured = result(rounds(count=150, controls=(GO,)))
    assert score(intervals(run(), measured) * 2).intervals == 20


def test_a_run_without_controls_is_a_warning_without_metrics() -> None:
    empty = score(intervals(run(), result()))
    assert (empty.intervals, empty.contain_one) == (0, 0)
    assert math.isnan(empty.median_deviation)
    assert [(flag.kind, flag.blocker) for flag in empty.flags] == [("few-controls", False)]


@pytest.mark.parametrize(("contain", "fails"), [(35, False), (34, True)])
def test_thirty_five_of_forty_have_to_contain_one(contain: int, *, fails: bool) -> None:
    assert [(flag.kind, flag.blocker) for flag in judge(40, contain, 0.001)] == [("controls", True)] * fails


@pytest.mark.parametrize(("deviation", "fails"), [(0.0049, False), (0.005, True)])
def test_the_median_deviation_has_to_be_below_half_a_per_cent(deviation: float, *, fails: bool) -> None:
    assert [(flag.kind, flag.blocker) for flag in judge(40, 40, deviation)] == [("controls", True)] * fails


def test_the_message_counts_the_intervals_that_contain_one() -> None:
    (flag,) = judge(40, 34, 0.001)
    assert flag.message == "Only 34 of 40 control intervals contain 1; at least 35 of each 40 have to."


@pytest.mark.parametrize(
    ("count", "contain", "blocks"),
    [(39, 30, True), (39, 34, False), (10, 6, False), (10, 5, True), (3, 1, False), (2, 0, False), (3, 0, True)],
)
def test_few_intervals_block_only_what_is_very_unlikely(count: int, contain: int, *, blocks: bool) -> None:
    assert [(flag.kind, flag.blocker) for flag in judge(count, contain, 0.001)] == [
        ("controls", True) if blocks else ("few-controls", False)
    ]


def test_a_benchmark_of_few_pairs_has_blocks_of_as_few() -> None:
    measured = result(rounds(count=12, controls=(GO,)), min_pairs=6)
    assert score(intervals(run(), measured)).intervals == 2


def test_a_deviation_of_a_benchmark_of_few_pairs_counts_as_less() -> None:
    measured = result(rounds(count=9, controls=(GO,)), min_pairs=6)
    deviation = abs(median(log_ratios(control_pairs(measured, GO, run().plan.seed))))
    assert score(intervals(run(), measured)).median_deviation == pytest.approx(deviation / math.sqrt(60 / 9))


def test_deviations_count_in_proportion_to_the_interval_that_is_published() -> None:
    invocations = rounds(count=150, controls=(GO,))
    strict, lenient = (
        score(intervals(run(), result(invocations, max_half_width=max_half_width))).median_deviation
        for max_half_width in (0.05, 0.10)
    )
    assert lenient == pytest.approx(strict / 2)
