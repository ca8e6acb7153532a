from __future__ import annotations

import math
from math import comb
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse.intervals import full_range_confidence, half_width, median_interval, median_rank, trimmed_interval
from bench.analyse.records import Interval

VALUES = st.floats(min_value=-100, max_value=100, allow_subnormal=False)
SAMPLES = st.lists(VALUES, min_size=6, max_size=60)


@given(SAMPLES)
def test_median_interval_is_that_of_scipy(values: list[float]) -> None:
    from scipy import stats  # noqa: PLC0415  70 MB, which would stay with every process that collects the tests

    expected: Any = stats.quantile_test(values, q=0, p=0.5).confidence_interval(0.95)
    interval = median_interval(values)
    assert (interval.low, interval.high) == (expected.low, expected.high)


@given(SAMPLES)
def test_trimmed_interval_is_that_of_scipy(values: list[float]) -> None:
    from scipy import stats  # noqa: PLC0415  70 MB, which would stay with every process that collects the tests

    low, high = stats.mstats.trimmed_mean_ci(np.array(values), limits=(0.2, 0.2), alpha=0.05)
    interval = trimmed_interval(values)
    assert (interval.low, interval.high) == pytest.approx((float(low), float(high)), rel=1e-6, abs=1e-6)


@given(SAMPLES, st.randoms(use_true_random=False))
def test_intervals_do_not_depend_on_the_order_of_values(values: list[float], rng: object) -> None:
    shuffled = list(values)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert median_interval(shuffled) == median_interval(values)
    assert trimmed_interval(shuffled) == trimmed_interval(values)


@given(SAMPLES)
def test_median_interval_follows_any_increasing_transform(values: list[float]) -> None:
    plain = median_interval(values)
    transformed = median_interval([math.atan(value) for value in values])
    assert (transformed.low, transformed.high) == (math.atan(plain.low), math.atan(plain.high))


@given(SAMPLES)
def test_median_interval_of_mirrored_values_is_the_mirrored_interval(values: list[float]) -> None:
    plain, mirrored = median_interval(values), median_interval([-value for value in values])
    assert (mirrored.low, mirrored.high) == (-plain.high, -plain.low)


@given(SAMPLES, st.floats(min_value=-10, max_value=10), st.floats(min_value=0.1, max_value=10))
def test_trimmed_interval_moves_and_stretches_with_the_values(values: list[float], shift: float, scale: float) -> None:
    plain, moved = trimmed_interval(values), trimmed_interval([shift + scale * value for value in values])
    assert moved.low == pytest.approx(shift + scale * plain.low, abs=1e-6)
    assert moved.high == pytest.approx(shift + scale * plain.high, abs=1e-6)


@given(SAMPLES)
def test_median_interval_contains_the_median(values: list[float]) -> None:
    assert median_interval(values).contains(float(np.median(values)))


@given(st.integers(min_value=6, max_value=400), st.floats(min_value=0.5, max_value=0.96))
def test_median_rank_is_the_narrowest_that_reaches_the_confidence(count: int, confidence: float) -> None:
    rank, actual = median_rank(count, confidence)
    outside = sum(comb(count, k) for k in range(rank + 1))
    assert actual >= confidence
    assert 1 - 2 * outside / 2**count < confidence


@pytest.mark.parametrize(("count", "rank", "actual"), [(6, 1, 0.96875), (15, 4, 0.96484375), (20, 6, 0.9586105346679688)])
def test_median_rank_of_published_tables(count: int, rank: int, actual: float) -> None:
    assert median_rank(count) == (rank, actual)


def test_thousands_of_values_have_an_interval_too() -> None:
    rank, actual = median_rank(5000)
    assert rank == pytest.approx(2500 - 1.96 * math.sqrt(5000) / 2, abs=1)
    assert 0.95 <= actual < 0.951


@pytest.mark.parametrize("count", range(6))
def test_fewer_than_six_values_give_no_median_interval(count: int) -> None:
    with pytest.raises(ValueError, match=f"{count} values give no interval"):
        median_interval([1.0] * count)


@pytest.mark.parametrize("count", range(1, 6))
def test_full_range_confidence_is_that_of_the_smallest_and_the_largest_value(count: int) -> None:
    assert median_rank(count, full_range_confidence(count)) == (1, full_range_confidence(count))


def test_one_value_gives_no_trimmed_interval() -> None:
    with pytest.raises(ValueError, match="1 values give no trimmed-t interval"):
        trimmed_interval([1.0])


def test_half_width_is_relative() -> None:
    assert half_width(Interval(low=math.log(2 / 1.02), high=math.log(2 * 1.02), confidence=0.95)) == pytest.approx(0.02)
