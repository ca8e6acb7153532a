from __future__ import annotations

import math
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse.ratios import outcome
from bench.analyse.records import Flag, Interval, ProgramEstimate, Ratio
from scripts.publish.style import wording

PHRASE = re.compile(r"(Go|Python) ([\d,.]+)× faster \(([\d,.]+) to ([\d,.]+)\)")
BLOCKER = Flag(kind="wide", blocker=True, message="The interval is too wide.")


def ratio(value: float, low: float, high: float, *flags: Flag) -> Ratio:
    interval = Interval(low=low, high=high, confidence=0.96)
    return Ratio(
        python="python/pure/cpython-3.14",
        go="go/standard-library",
        pairs=30,
        voided=0,
        ratio=value,
        interval=interval,
        trimmed=interval,
        mean_ratio=value,
        p_value=0.0,
        outcome=outcome(interval),
        flags=flags,
    )


def numbers(phrase: str) -> tuple[float, float, float]:
    match = PHRASE.fullmatch(phrase)
    assert match, phrase
    value, low, high = (float(text.replace(",", "")) for text in match.groups()[1:])
    return value, low, high


@st.composite
def ratios(draw: st.DrawFn) -> Ratio:
    """A ratio of Go-faster form with an interval of up to 60 % to each side."""
    value = math.exp(draw(st.floats(math.log(1.1), math.log(5000))))
    low = max(value / draw(st.floats(1.0001, 1.6)), 1.05)
    return ratio(max(value, low), low, max(value, low) * draw(st.floats(1.0001, 1.6)))


@pytest.mark.parametrize(
    ("given_ratio", "phrase"),
    [
        (ratio(38.1, 37.4, 38.9), "Go 38× faster (37.4 to 38.9)"),
        (ratio(1 / 1.8, 1 / 1.9, 1 / 1.7), "Python 1.8× faster (1.7 to 1.9)"),
        (ratio(1.0, 0.98, 1.02), "no difference shown (0.98 to 1.02)"),
        (ratio(38.1, 37.4, 38.9, BLOCKER), "not publishable: The interval is too wide"),
        (None, "not measured"),
        (ratio(1234.0, 1200.0, 1271.0), "Go 1,230× faster (1,200 to 1,280)"),
    ],
)
def test_a_result_is_said_in_one_phrase(given_ratio: Ratio | None, phrase: str) -> None:
    assert wording.result(given_ratio) == phrase


def test_of_two_sizes_one_is_smaller() -> None:
    assert wording.result(ratio(38.1, 37.4, 38.9), "byte") == "Go 38× smaller (37.4 to 38.9)"


def test_what_is_compared_in_different_units_is_ahead() -> None:
    assert (wording.comparative(["second"]), wording.comparative(["second", "byte"])) == ("faster", "ahead")


def test_each_reason_against_publishing_is_said_once() -> None:
    other = Flag(kind="steal", blocker=True, message="Too much steal.")
    phrase = wording.result(ratio(2, 1.9, 2.1, BLOCKER, BLOCKER, other))
    assert phrase == "not publishable: The interval is too wide; Too much steal"


def test_a_warning_does_not_take_the_place_of_a_number() -> None:
    warning = Flag(kind="drift", blocker=False, message="Drift.")
    assert wording.result(ratio(38.1, 37.4, 38.9, warning)) == "Go 38× faster (37.4 to 38.9)"


@pytest.mark.parametrize(
    ("one", "phrase", "short"),
    [
        (ratio(1.13, 1.05, 1.22), "Go 1.1× faster, not significant among 51 (1.05 to 1.22)", "not significant"),
        (ratio(1 / 1.13, 1 / 1.22, 1 / 1.05), "Python 1.1× faster, not significant among 51 (1.05 to 1.22)", "not significant"),
    ],
)
def test_what_is_not_significant_has_its_ratio_and_says_so(one: Ratio, phrase: str, short: str) -> None:
    doubtful = one.model_copy(update={"outcome": "not significant", "among": 51})
    assert (wording.result(doubtful), wording.times(doubtful)) == (phrase, short)


@given(ratios())
def test_the_printed_bounds_contain_the_printed_value_and_the_real_interval(one: Ratio) -> None:
    value, low, high = numbers(wording.result(one))
    assert low <= value <= high
    assert low <= one.interval.low * (1 + 1e-9)
    assert high >= one.interval.high * (1 - 1e-9)


@given(ratios())
def test_no_more_than_three_digits_are_printed_of_a_value(one: Ratio) -> None:
    match = PHRASE.fullmatch(wording.result(one))
    assert match
    digits = match[2].replace(",", "")
    significant = digits.replace(".", "") if "." in digits else digits.rstrip("0")
    assert len(significant) <= 3


@given(ratios())
def test_the_last_printed_digit_of_a_value_is_no_finer_than_the_printed_bounds(one: Ratio) -> None:
    match = PHRASE.fullmatch(wording.result(one))
    assert match
    decimals = [len(text.partition(".")[2]) for text in match.groups()[1:]]
    assert decimals[0] <= min(decimals[1:])


@given(ratios())
def test_a_ratio_turned_over_is_said_with_the_same_numbers(one: Ratio) -> None:
    turned = ratio(1 / one.ratio, 1 / one.interval.high, 1 / one.interval.low)
    assert wording.result(turned) == wording.result(one).replace("Go", "Python")


@given(ratios(), st.floats(1.0, 3.0))
def test_a_larger_ratio_is_never_said_to_be_smaller(one: Ratio, factor: float) -> None:
    low, high = one.interval.low, one.interval.high
    larger = ratio(min(one.ratio * factor, high), low, high)
    assert numbers(wording.result(larger))[0] >= numbers(wording.result(one))[0]


@pytest.mark.parametrize(
    ("seconds", "low", "high", "phrase"),
    [
        (0.02134, 0.0212, 0.0215, "21.3 ms (21.2 to 21.5)"),
        (6.4e-7, 6.3e-7, 6.5e-7, "640 ns (630 to 650)"),
        (1.5, 1.4, 1.6, "1.5 s (1.4 to 1.6)"),
        (1.46e-10, 1.45e-10, 1.47e-10, "146 ps (145 to 147)"),
    ],
)
def test_a_time_is_said_in_the_unit_that_a_person_would_say(seconds: float, low: float, high: float, phrase: str) -> None:
    interval = Interval(low=low, high=high, confidence=0.95)
    estimate = ProgramEstimate(program="go/library", invocations=20, value=seconds, interval=interval, flags=())
    assert wording.measured_value(estimate, "second") == phrase


def test_the_lower_bound_of_a_wide_interval_is_not_said_to_be_zero() -> None:
    assert wording.quantity(0.48, Interval(low=0.046, high=0.5, confidence=0.95), "second") == "500 ms (40 to 500)"


def test_a_rate_is_said_with_thousands() -> None:
    assert wording.quantity(105_234, Interval(low=104_100, high=106_300, confidence=0.95), "request/second").startswith(
        "105,000 "
    )


def test_a_day_is_said_without_a_leading_zero() -> None:
    assert wording.day(datetime(2026, 11, 3, tzinfo=UTC)) == "3 November 2026"
