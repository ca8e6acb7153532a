from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse.history import SAME, SAME_SERVED, change, compare, confirmation
from bench.analyse.records import Estimate, Flag, Interval, Ratio
from tests.synthetic import GO, GO_LIBRARY, NATIVE, PURE

LATER = timedelta(hours=2)
RATIOS = st.floats(min_value=1e-3, max_value=1e3)
WIDTHS = st.floats(min_value=1e-4, max_value=0.2)


def ratio(value: float, half_width: float = 0.01, **changes: Any) -> Ratio:
    interval = Interval(low=value / (1 + half_width), high=value * (1 + half_width), confidence=0.96)
    fields: dict[str, Any] = {
        "python": PURE,
        "go": GO,
        "pairs": 20,
        "voided": 0,
        "ratio": value,
        "interval": interval,
        "trimmed": interval,
        "mean_ratio": value,
        "p_value": 0.001,
        "outcome": "go faster",
        "flags": (),
    }
    return Ratio(**(fields | changes))


def of(*ratios: Ratio, benchmark: str = "execution/n-body") -> Estimate:
    return Estimate(benchmark=benchmark, run="some", programs={}, ratios=ratios, unavailable={})


def state(older: Ratio, newer: Ratio, apart: timedelta = LATER, band: float = SAME) -> str | None:
    second = confirmation("some", older, newer, apart, band)
    return second.state if second else None


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [
        (ratio(30, 0.01), ratio(30, 0.01), "confirmed"),
        (ratio(30, 0.01), ratio(31, 0.01), "confirmed"),
        (ratio(30, 0.001), ratio(31.6, 0.001), "not confirmed"),
        (ratio(30, 0.02), ratio(31, 0.02), "not confirmed"),
        (ratio(30, 0.04), ratio(30, 0.04), "too wide"),
        (ratio(30, 0.04), ratio(32, 0.04), "too wide"),
        (ratio(30, 0.04), ratio(40, 0.04), "not confirmed"),
    ],
)
def test_a_run_confirms_a_ratio_where_the_interval_of_their_quotient_lies_within_the_band(
    older: Ratio, newer: Ratio, expected: str
) -> None:
    assert state(older, newer) == expected


def test_servers_under_load_confirm_within_a_wider_band() -> None:
    assert state(ratio(3, 0.05), ratio(3.1, 0.05)) == "too wide"
    assert state(ratio(3, 0.05), ratio(3.1, 0.05), band=SAME_SERVED) == "confirmed"


def test_a_confirmation_names_the_other_run_and_how_far_it_is() -> None:
    second = confirmation("other", ratio(30), ratio(33), LATER, SAME)
    assert second is not None
    assert (second.run, second.interval) == ("other", change(ratio(30), ratio(33)).interval)
    assert second.change == pytest.approx(1.1)


def test_runs_within_two_hours_say_nothing_of_each_other() -> None:
    assert state(ratio(30), ratio(30), LATER - timedelta(seconds=1)) is None


def test_a_blocked_result_says_nothing_and_nothing_is_said_of_it() -> None:
    blocked = ratio(30, flags=(Flag(kind="steal", blocker=True, message="Stolen."),))
    assert (state(blocked, ratio(30)), state(ratio(30), blocked)) == (None, None)


@given(RATIOS, WIDTHS, st.floats(min_value=0.9, max_value=1.1), WIDTHS)
def test_what_confirms_overlaps_and_is_narrow_enough(value: float, older_width: float, factor: float, newer_width: float) -> None:
    older, newer = ratio(value, older_width), ratio(value * factor, newer_width)
    if state(older, newer) == "confirmed":
        assert abs(math.log(factor)) <= math.log(SAME)
        assert max(older_width, newer_width) <= SAME - 1 + 1e-9


@given(RATIOS, WIDTHS, WIDTHS)
def test_a_result_that_is_the_same_is_confirmed_or_too_wide(value: float, older_width: float, newer_width: float) -> None:
    assert state(ratio(value, older_width), ratio(value, newer_width)) in ("confirmed", "too wide")


@given(RATIOS, WIDTHS, RATIOS, WIDTHS)
def test_confirmation_is_mutual(older: float, older_width: float, newer: float, newer_width: float) -> None:
    left, right = ratio(older, older_width), ratio(newer, newer_width)
    assert state(left, right) == state(right, left)


@given(RATIOS, WIDTHS, RATIOS, WIDTHS)
def test_the_change_back_is_the_reciprocal(older: float, older_width: float, newer: float, newer_width: float) -> None:
    left, right = ratio(older, older_width), ratio(newer, newer_width)
    forth, back = change(left, right), change(right, left)
    assert back.change == pytest.approx(1 / forth.change)
    assert (back.interval.low, back.interval.high) == pytest.approx((1 / forth.interval.high, 1 / forth.interval.low))
    assert back.shown == forth.shown


@given(RATIOS, WIDTHS, WIDTHS)
def test_the_interval_of_a_change_is_wider_than_either_and_narrower_than_both_together(
    value: float, before: float, after: float
) -> None:
    interval = change(ratio(value, before), ratio(value, after)).interval
    width = math.log(interval.high / interval.low)
    widths = 2 * math.log1p(before), 2 * math.log1p(after)
    assert max(widths) <= width * (1 + 1e-9)
    assert width <= sum(widths) * (1 + 1e-9)


def test_an_unchanged_ratio_shows_no_change() -> None:
    assert not change(ratio(30), ratio(30)).shown


def test_a_change_is_shown_only_where_its_interval_leaves_one_out() -> None:
    unchanged = change(ratio(30, 0), ratio(30, 0))
    assert (unchanged.interval.low, unchanged.interval.high, unchanged.shown) == (1, 1, False)


def test_a_clear_change_is_shown() -> None:
    clear = change(ratio(30), ratio(33))
    assert clear.shown
    assert clear.change == pytest.approx(1.1)


def test_a_ratio_without_pairs_shows_no_change() -> None:
    nothing = Interval(low=math.nan, high=math.nan, confidence=0.0)
    assert not change(ratio(30), ratio(math.nan, interval=nothing)).shown


def test_ratios_of_both_runs_are_compared() -> None:
    before = of(ratio(30), ratio(5, python=NATIVE))
    after = of(ratio(60, go=GO_LIBRARY), ratio(33))
    assert [(each.before.ratio, each.after.ratio) for each in compare(before, after)] == [(30, 33)]


def test_different_benchmarks_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="cannot compare execution/fib with execution/n-body"):
        compare(of(benchmark="execution/fib"), of())
