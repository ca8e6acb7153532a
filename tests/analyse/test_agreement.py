from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse.agreement import agreement

SECONDS = st.floats(min_value=1e-9, max_value=1e3)
VALUES = st.lists(SECONDS, min_size=1, max_size=9)


@given(VALUES, VALUES)
def test_the_same_values_agree(python: list[float], go: list[float]) -> None:
    compared = agreement("execution/fib", (python, go), (python, go), (1.0, 1.0))
    assert (compared.python, compared.go, compared.ratio, compared.agrees) == (1.0, 1.0, 1.0, True)


@given(SECONDS, SECONDS, st.floats(min_value=0.5, max_value=2.0))
def test_what_makes_both_languages_slower_by_the_same_share_leaves_the_ratio(python: float, go: float, slower: float) -> None:
    compared = agreement("execution/fib", ([python * slower], [go * slower]), ([python], [go]), (1.0, 1.0))
    assert compared.ratio == pytest.approx(1.0)
    assert compared.go == pytest.approx(slower)


@pytest.mark.parametrize(("python", "agrees"), [(1.019, True), (1.021, False), (0.979, False), (0.982, True)])
def test_ratios_agree_within_two_per_cent(python: float, agrees: bool) -> None:  # noqa: FBT001  a parameter of the table
    assert agreement("execution/fib", ([python], [1.0]), ([1.0], [1.0]), (1.0, 1.0)).agrees is agrees
