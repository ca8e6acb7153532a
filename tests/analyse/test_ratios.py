from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import timedelta
from statistics import median

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bench.analyse.pairs import Pair, pairs
from bench.analyse.ratios import benjamini_hochberg, outcome, ratio, sign_test, with_adjusted_outcomes
from bench.analyse.records import Flag, Interval, Ratio
from tests.synthetic import GO, PURE, STARTED, invocation, result, rounds

TIMES = st.lists(st.tuples(*[st.floats(min_value=1e-6, max_value=1e-2)] * 2), min_size=6, max_size=60)
MOMENTS = st.lists(st.tuples(*[st.floats(min_value=0, max_value=1e4)] * 2), min_size=1, max_size=20)
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


def started(moments: Iterable[tuple[float, float]], beside: Sequence[str | None]) -> Ratio:
    """Return the ratio of pairs that started at these seconds, Python and Go, and of what each Go invocation was beside."""
    return ratio(
        PURE,
        GO,
        [
            Pair(
                invocation(started=STARTED + timedelta(seconds=python)),
                invocation(program=GO, started=STARTED + timedelta(seconds=go), beside=other),
            )
            for (python, go), other in zip(moments, beside, strict=True)
        ],
    )


@given(MOMENTS, st.floats(min_value=0, max_value=1e5))
def test_how_far_apart_the_two_of_a_pair_started_is_the_median_over_the_rounds_at_any_hour(
    moments: list[tuple[float, float]], hours: float
) -> None:
    later = [(python + 3600 * hours, go + 3600 * hours) for python, go in moments]
    unknown = [None] * len(moments)
    apart = started(moments, unknown).apart
    assert apart == pytest.approx(median(abs(python - go) for python, go in moments), abs=1e-5)
    assert started(later, unknown).apart == pytest.approx(apart, abs=1e-5)


@pytest.mark.parametrize(("beside", "neighbours"), [((PURE, PURE), True), ((PURE, None), False), ((None, None), False)])
def test_two_programs_are_neighbours_where_they_were_in_every_round(beside: tuple[str | None, ...], *, neighbours: bool) -> None:
    assert started([(0, 1), (9, 8)], beside).neighbours is neighbours


def test_without_pairs_nothing_is_known_of_when_the_two_started() -> None:
    nothing = started([], [])
    assert (nothing.apart, nothing.neighbours) == (None, False)


def test_an_estimate_stored_before_starts_were_compared_can_be_read() -> None:
    stored = of([(2e-3, 1e-3)] * 6).model_dump(exclude={"apart", "neighbours"})
    assert Ratio.model_validate(stored).apart is None


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
def test_the_adjusted_p_values_are_those_of_scipy(p_values: list[float]) -> None:
    from scipy import stats  # noqa: PLC0415  70 MB, which would stay with every process that collects the tests

    assert benjamini_hochberg(p_values) == pytest.approx(tuple(stats.false_discovery_control(p_values)))


@given(P_VALUES, st.floats(min_value=0.001, max_value=0.999))
def test_what_is_called_a_difference_is_what_the_published_step_up_procedure_rejects(p_values: list[float], rate: float) -> None:
    count = len(p_values)
    ranks = [k for k, p in enumerate(sorted(p_values), 1) if p <= rate * k / count]
    largest = sorted(p_values)[ranks[-1] - 1] if ranks else -1.0
    adjusted = benjamini_hochberg(p_values)
    assume(all(abs(p - rate) > 1e-9 for p in adjusted))  # there a quotient may round to either side
    assert [p <= rate for p in adjusted] == [p <= largest for p in p_values]


@given(P_VALUES)
def test_nothing_is_a_difference_among_others_that_is_none_alone(p_values: list[float]) -> None:
    assert all(p >= plain for p, plain in zip(benjamini_hochberg(p_values), p_values, strict=True))


def test_the_adjusted_p_values_of_a_worked_example() -> None:
    assert benjamini_hochberg([0.01, 0.04, 0.03, 0.005]) == pytest.approx((0.02, 0.04, 0.04, 0.02))


def test_no_p_values_have_no_adjusted_ones() -> None:
    assert benjamini_hochberg([]) == ()


TIE = [(1e-3 * (1 + 0.1 * (-1) ** n), 1e-3) for n in range(16)]
SMALL = [(1.05e-3 if n < 13 else 0.95e-3, 1e-3) for n in range(16)]


def test_a_small_difference_is_not_significant_among_ties() -> None:
    small = of(SMALL)
    assert small.outcome == "go faster"
    assert with_adjusted_outcomes([small])[0].outcome == "go faster"
    assert with_adjusted_outcomes([small, *[of(TIE)] * 9])[0].outcome == "not significant"


def test_a_large_difference_that_is_not_significant_is_no_exception() -> None:
    large = of([(9e-3, 1e-3)] * 6)
    assert with_adjusted_outcomes([large, *[of(TIE)] * 9])[0].outcome == "not significant"


def test_a_tie_stays_a_tie_among_others() -> None:
    assert {ratio.outcome for ratio in with_adjusted_outcomes([of(TIE)] * 9)} == {"no difference shown"}


def test_differences_of_nine_pairs_are_significant_among_many_of_their_like() -> None:
    section = [of([(1.1e-3, 1e-3)] * 9) for _ in range(400)]
    assert {ratio.outcome for ratio in with_adjusted_outcomes(section)} == {"go faster"}


def test_differences_among_them_cost_a_small_one_nothing() -> None:
    large = [of([(4e-2, 1e-3)] * 20) for _ in range(9)]
    assert with_adjusted_outcomes([*large, of(SMALL)])[-1].outcome == "go faster"


def test_a_ratio_says_among_how_many_it_was_judged() -> None:
    assert [ratio.among for ratio in with_adjusted_outcomes([of(SMALL), of(TIE), of(TIE)])] == [3, 3, 3]


def test_what_is_not_published_is_not_judged_and_not_counted() -> None:
    blocked = of(TIE).model_copy(update={"flags": (Flag(kind="steal", blocker=True, message="Stolen."),)})
    small, *others = with_adjusted_outcomes([of(SMALL), *[blocked] * 9])
    assert (small.outcome, small.among) == ("go faster", 1)
    assert others == [blocked] * 9


def test_of_rates_the_ratio_says_how_many_times_go_serves() -> None:
    rates = result(rounds({PURE: 1000.0, GO: 4000.0}, noise=0.001), better="higher")
    of_rates = ratio(PURE, GO, pairs(rates, PURE, GO))
    assert of_rates.ratio == pytest.approx(4, rel=0.01)
    assert of_rates.mean_ratio == pytest.approx(4, rel=0.01)
    assert of_rates.outcome == "go faster"
