"""The statistics behind the flags of pairs and layouts: autocorrelation, two groups, differences between groups."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse.flags import autocorrelation, bimodal, kruskal_wallis


def test_autocorrelation_of_a_worked_example() -> None:
    assert autocorrelation([1, 2, 3, 4]) == pytest.approx(0.25)
    assert autocorrelation([1, 2, 6]) == pytest.approx(-1 / 14)


@pytest.mark.parametrize("d", [[], [1.0], [1.0, 2.0]])
def test_fewer_than_three_values_have_no_autocorrelation(d: list[float]) -> None:
    assert autocorrelation(d) == 0


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


def two_groups(low: int, high: int, share: float) -> list[float]:
    """Return so many values about 0 and about 1, where the split between them has that share of the sum of squares."""
    between = low * high / (low + high)
    scatter = math.sqrt(between * (1 / share - 1) / (low // 2 * 2 + high // 2 * 2))
    return [
        centre + scatter * (0 if n == count // 2 * 2 else (-1) ** n)
        for centre, count in ((0, low), (1, high))
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [16, 32, 60])
@pytest.mark.parametrize(("more", "expected"), [(-1e-3, False), (1e-3, True)])
def test_two_groups_are_those_that_one_sample_gives_once_in_a_thousand(count: int, more: float, *, expected: bool) -> None:
    """Engelman and Hartigan: -ln(1 - share) of the best split of a normal sample is nearly normal."""
    once = NormalDist(-math.log(1 - 2 / math.pi) + 2.4 / (count - 2), 1 / math.sqrt(count - 2)).inv_cdf(0.999)
    share = max(0.8, 1 - math.exp(-once))
    assert bimodal(two_groups(count // 2, count // 2, share + more)) is expected


@pytest.mark.parametrize(("low", "high", "expected"), [(5, 15, True), (15, 5, True), (4, 16, False), (16, 4, False)])
def test_each_of_two_groups_has_a_quarter_of_the_values(low: int, high: int, *, expected: bool) -> None:
    assert bimodal(two_groups(low, high, 0.999)) is expected


def test_fewer_than_fifteen_values_do_not_tell_two_groups() -> None:
    assert not bimodal([0.0, 1.0] * 7)


@given(st.lists(st.lists(st.floats(min_value=0, max_value=1), min_size=2, max_size=9, unique=True), min_size=2, max_size=5))
def test_kruskal_wallis_is_that_of_scipy_where_no_values_are_equal(groups: list[list[float]]) -> None:
    from scipy import stats  # noqa: PLC0415  70 MB, which would stay with every process that collects the tests

    everything = [value for group in groups for value in group]
    if len(set(everything)) == len(everything):
        assert kruskal_wallis(groups) == pytest.approx(stats.kruskal(*groups).statistic, abs=1e-9)
