from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse.durations import loop_lengths

RATES = st.floats(min_value=1.0, max_value=1e6)
ROUNDS = st.lists(st.fixed_dictionaries({1.0: RATES, 5.0: RATES, 20.0: RATES}), min_size=2, max_size=12)


@given(ROUNDS)
def test_the_longest_loop_is_what_the_others_are_compared_with(rounds: list[dict[float, float]]) -> None:
    compared = loop_lengths("go/gin", rounds)
    assert [one.seconds for one in compared] == [1.0, 5.0, 20.0]
    assert (compared[-1].ratio, compared[-1].interval.half_width, compared[-1].agrees) == (1.0, 0.0, True)


@given(ROUNDS, st.lists(st.floats(min_value=0.5, max_value=2.0), min_size=12, max_size=12))
def test_a_server_that_is_faster_in_a_whole_round_changes_no_ratio(rounds: list[dict[float, float]], faster: list[float]) -> None:
    changed = [{seconds: rate * factor for seconds, rate in one.items()} for one, factor in zip(rounds, faster, strict=False)]
    for before, after in zip(loop_lengths("go/gin", rounds), loop_lengths("go/gin", changed), strict=True):
        assert after.ratio == pytest.approx(before.ratio)
        assert (after.interval.low, after.interval.high) == pytest.approx((before.interval.low, before.interval.high))


@given(ROUNDS)
def test_the_ratio_lies_in_its_interval(rounds: list[dict[float, float]]) -> None:
    for one in loop_lengths("go/gin", rounds):
        assert one.interval.low <= one.ratio * (1 + 1e-9)
        assert one.ratio <= one.interval.high * (1 + 1e-9)


def test_the_rate_is_the_median_over_the_rounds_and_the_interval_of_six_spans_them() -> None:
    short, _ = loop_lengths("go/gin", [{1.0: 100.0 + number, 5.0: 100.0} for number in range(6)])
    assert short.rate == 102.5
    assert (short.interval.low, short.interval.high) == pytest.approx((1.0, 1.05))
    assert short.interval.confidence == pytest.approx(1 - 2 / 2**6)


@pytest.mark.parametrize(("rate", "agrees"), [(101.9, True), (102.1, False), (98.1, True), (97.9, False)])
def test_lengths_agree_within_two_per_cent(rate: float, agrees: bool) -> None:  # noqa: FBT001  a parameter of the table
    assert loop_lengths("go/gin", [{1.0: rate, 5.0: 100.0}] * 6)[0].agrees is agrees
