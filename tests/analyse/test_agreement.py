from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse.agreement import agreement
from bench.analyse.intervals import half_width, median_interval

SECONDS = st.floats(min_value=1e-9, max_value=1e3)
STEADY = [1.0] * 6
VALUES = st.lists(SECONDS, min_size=6, max_size=9)


@given(VALUES, VALUES)
def test_the_same_values_agree(python: list[float], go: list[float]) -> None:
    compared = agreement("execution/fib", (python, go), (python, go), (1.0, 1.0))
    assert (compared.python, compared.go, compared.ratio, compared.agrees) == (1.0, 1.0, 1.0, True)


@given(SECONDS, SECONDS, st.floats(min_value=0.5, max_value=2.0))
def test_what_makes_both_languages_slower_by_the_same_share_leaves_the_ratio(python: float, go: float, slower: float) -> None:
    compared = agreement("execution/fib", ([python * slower] * 6, [go * slower] * 6), ([python] * 6, [go] * 6), (1.0, 1.0))
    assert compared.ratio == pytest.approx(1.0)
    assert compared.go == pytest.approx(slower)


@pytest.mark.parametrize(("python", "agrees"), [(1.019, True), (1.021, False), (0.979, False), (0.982, True)])
def test_ratios_agree_within_two_per_cent(python: float, agrees: bool) -> None:  # noqa: FBT001  a parameter of the table
    assert agreement("execution/fib", ([python] * 6, STEADY), (STEADY, STEADY), (1.0, 1.0)).agrees is agrees


@pytest.mark.parametrize(("other", "differs"), [(STEADY, True), ([0.9, 0.95, 1.0, 1.0, 1.05, 1.1], False)])
def test_a_difference_within_the_noise_of_the_values_is_none(other: list[float], differs: bool) -> None:  # noqa: FBT001  likewise
    assert agreement("execution/fib", ([1.05] * 6, STEADY), (other, STEADY), (1.0, 1.0)).differs is differs


@given(VALUES, VALUES)
def test_the_noise_is_no_less_than_that_of_any_of_the_four(python: list[float], go: list[float]) -> None:
    compared = agreement("execution/fib", (python, go), (go, STEADY), (1.0, 1.0))
    widest = max(half_width(median_interval([math.log(one) for one in each])) for each in (python, go))
    assert compared.noise >= widest * (1 - 1e-9)
