from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse.pairs import Pair, pairs
from bench.analyse.ratios import holm, outcome, ratio, sign_test, with_adjusted_outcomes
from bench.analyse.records import Interval, Ratio
from tests.synthetic import GO, PURE, invocation, result, rounds

TIMES = st.lists(st.tuples(*[st.floats(min_value=1e-6, max_value=1e-2)] * 2), min_size=6, max_size=60)
P_VALUES = st.lists(st.floats(min_value=0, max_value=1), min_size=1, max_size=30)


def of(times: list[tuple[float, float]]) -> Ratio:
    """Return the ratio of pairs with these times of Python and Go."""
    return ratio(
        PURE, GO, [Pair(invocation(seconds_each=python), invocation(program=GO, seconds_each=go)) for python, go in times]
    )


def interval(low: float, high: float) -> Interval:
    return Interval(low=low, high=high, confidence=0.95)


@given(TIMES)
def test_the_ratio_of_swapped_sides_is_the_reciprocal(times: list[tuple[float, float]]) -> None:
    plain, swapped = of(times), of([(go, python) for python, go in times])
    assert swapped.ratio == pytest.approx(1 / plain.ratio)
    assert swapped.mean_ratio == pytest.approx(1 / plain.mean_ratio)
    for forth, back in ((plain.interval, swapped.interval), (plain.trimmed, swapped.trimmed)):
        assert (back.low, back.high) == pytest.approx((1 / forth.high, 1 / forth.low))
    assert swapped.half_width == pytest.approx(plain.half_width, abs=1e-9)


@given(TIMES, st.randoms(use_true_random=False))
def test_the_order_of_pairs_does_not_matter(times: list[tuple[float, float]], rng: object) -> None:
    shuffled = list(times)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert of(shuffled) == of(times)


@given(TIMES)
def test_what_slows_both_sides_of_a_pair_alike_does_not_matter(times: list[tuple[float, float]]) -> None:
    slowed = [(python * (1 + n), go * (1 + n)) for n, (python, go) in enumerate(times)]
    assert of(slowed).ratio == pytest.approx(of(times).ratio)
    assert of(slowed).interval.low == pytest.approx(of(times).interval.low)


@given(TIMES)
def test_the_ratio_lies_in_its_interval(times: list[tuple[float, float]]) -> None:
    result = of(times)
    assert result.interval.low <= result.ratio * (1 + 1e-12)
    assert result.ratio <= result.interval.high * (1 + 1e-12)


def test_the_ratio_of_means_is_of_all_values() -> None:
    assert of([(1e-3, 1e-3), (9e-3, 1e-3)]).mean_ratio == pytest.approx(5)


def test_voided_pairs_are_counted_and_left_out() -> None:
    wrong = Pair(invocation(seconds_each=1.0), invocation(program=GO, checksum=7))
    valid = Pair(invocation(seconds_each=2e-3), invocation(program=GO, seconds_each=1e-3))
    result = ratio(PURE, GO, [valid] * 20 + [wrong])
    assert (result.pairs, result.voided) == (20, 1)
    assert result.ratio == pytest.approx(2)


def test_few_pairs_say_how_little_confidence_they_give() -> None:
    result = of([(n * 1e-3, 1e-3) for n in (1, 2, 3, 4, 5)])
    assert (result.interval.low, result.interval.high) == pytest.approx((1, 5))
    assert result.interval.confidence == 0.9375


def test_one_pair_has_an_interval_without_confidence_and_no_trimmed_one() -> None:
    result = of([(2e-3, 1e-3)])
    assert result.interval.confidence == 0
    assert math.isnan(result.trimmed.low)


def test_two_pairs_have_a_trimmed_interval() -> None:
    assert of([(2e-3, 1e-3), (3e-3, 1e-3)]).trimmed.contains(math.sqrt(6))


def test_without_pairs_the_metrics_are_nan_and_show_no_difference() -> None:
    result = of([])
    assert math.isnan(result.ratio)
    assert (result.outcome, result.p_value) == ("no difference shown", 1.0)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (1.001, 1.031, "go faster"),
        (1.0, 1.5, "no difference shown"),
        (1.001, 1.03, "no difference shown"),
        (0.98, 1.02, "no difference shown"),
        (0.5, 2.0, "no difference shown"),
        (1 / 1.03, 0.999, "no difference shown"),
        (0.97, 0.999, "python faster"),
        (0.5, 1.0, "no difference shown"),
    ],
)
def test_outcome_of_an_interval(low: float, high: float, expected: str) -> None:
    assert outcome(interval(low, high)) == expected


@given(st.lists(st.floats(min_value=-1, max_value=1), max_size=60))
def test_sign_test_is_the_binomial_test_of_scipy(d: list[float]) -> None:
    from scipy import stats  # noqa: PLC0415  70 MB, which would stay with every process that collects the tests

    above, below = sum(value > 0 for value in d), sum(value < 0 for value in d)
    expected = stats.binomtest(above, above + below).pvalue if above + below else 1.0
    assert sign_test(d) == pytest.approx(expected)


@given(TIMES)
def test_the_interval_leaves_1_out_exactly_when_the_sign_test_rejects(times: list[tuple[float, float]]) -> None:
    distinct = [(python, go) for python, go in times if python != go]
    if len(distinct) >= 6:
        result = of(distinct)
        assert (not result.interval.contains(1.0)) == (result.p_value <= 1 - result.interval.confidence + 1e-12)


@given(P_VALUES)
def test_holm_rejects_whatever_bonferroni_rejects(p_values: list[float]) -> None:
    adjusted = holm(p_values)
    assert all(p <= min(1.0, len(p_values) * plain) for p, plain in zip(adjusted, p_values, strict=True))


@given(P_VALUES)
def test_holm_rejects_nothing_that_is_not_rejected_alone(p_values: list[float]) -> None:
    assert all(p >= plain for p, plain in zip(holm(p_values), p_values, strict=True))


@given(P_VALUES)
def test_holm_keeps_the_order(p_values: list[float]) -> None:
    ranked = sorted(zip(p_values, holm(p_values), strict=True))
    assert all(adjusted <= next_adjusted for (_, adjusted), (_, next_adjusted) in pairwise(ranked))


def test_holm_of_a_worked_example() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.03, 0.06, 0.06, 0.02))


def test_a_small_difference_does_not_survive_a_page_of_ties() -> None:
    ties = [of([(1e-3 * (1 + 0.1 * (-1) ** n), 1e-3) for n in range(16)]) for _ in range(9)]
    small = of([(1.05e-3 if n < 13 else 0.95e-3, 1e-3) for n in range(16)])
    assert small.outcome == "go faster"
    assert with_adjusted_outcomes([small])[0].outcome == "go faster"
    assert with_adjusted_outcomes([small, *ties])[0].outcome == "no difference shown"


def test_a_large_difference_of_few_pairs_survives_a_page_of_many() -> None:
    page = [of([(5e-3, 1e-3)] * 6) for _ in range(400)]
    assert {ratio.outcome for ratio in with_adjusted_outcomes(page)} == {"go faster"}


@pytest.mark.parametrize(("low", "high", "large"), [(1.25, 1.5, False), (1.26, 1.5, True), (0.5, 0.8, False), (0.5, 0.79, True)])
def test_a_difference_is_large_where_its_interval_lies_beyond_a_quarter(low: float, high: float, *, large: bool) -> None:
    tie = of([(1e-3, 1e-3)] * 6)
    different = tie.model_copy(update={"interval": interval(low, high), "outcome": "go faster" if low > 1 else "python faster"})
    (adjusted,) = with_adjusted_outcomes([different])
    assert (adjusted.outcome != "no difference shown") is large


def test_a_page_of_large_differences_costs_a_small_one_nothing() -> None:
    large = [of([(4e-2, 1e-3)] * 20) for _ in range(9)]
    small = of([(1.05e-3 if n < 13 else 0.95e-3, 1e-3) for n in range(16)])
    assert with_adjusted_outcomes([*large, small])[-1].outcome == "go faster"


def test_of_rates_the_ratio_says_how_many_times_go_serves() -> None:
    rates = result(rounds({PURE: 1000.0, GO: 4000.0}, noise=0.001), better="higher")
    of_rates = ratio(PURE, GO, pairs(rates, PURE, GO))
    assert of_rates.ratio == pytest.approx(4, rel=0.01)
    assert of_rates.mean_ratio == pytest.approx(4, rel=0.01)
    assert of_rates.outcome == "go faster"
