"""Quantities, and what is derived of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bench.analyse.quantities import Quantity, derived, exact, joint_confidence, over_ends
from bench.analyse.records import Interval
from tests.analyse.fleets import measured

POSITIVE = st.floats(min_value=1e-6, max_value=1e6)
WIDTHS = st.floats(min_value=0, max_value=0.9)


def test_a_value_outside_of_its_interval_is_refused() -> None:
    with pytest.raises(ValidationError, match="3 is not within 1 to 2"):
        Quantity(value=3, interval=Interval(low=1, high=2, confidence=0.95))


def test_what_a_reader_has_chosen_is_not_in_doubt() -> None:
    assert (exact(2.0).at("low"), exact(2.0).at("high"), exact(2.0).interval.confidence) == (2.0, 2.0, 1.0)


def test_the_confidence_of_several_is_what_they_have_in_common_at_the_least() -> None:
    assert joint_confidence([measured(1.0), measured(2.0), exact(3.0)]) == pytest.approx(0.9)
    assert joint_confidence([measured(1.0)] * 30) == 0


@given(POSITIVE, POSITIVE, WIDTHS)
def test_a_product_spans_the_products_of_the_ends(one: float, other: float, width: float) -> None:
    a, b = measured(one, width), measured(other, width)
    product = derived(lambda end: a.at(end) * b.at(end), [a, b])
    assert product.derived
    assert product.value == one * other
    assert (product.interval.low, product.interval.high) == (a.at("low") * b.at("low"), a.at("high") * b.at("high"))


def test_what_falls_with_its_inputs_has_its_ends_in_order() -> None:
    service = measured(0.001, 0.1)
    rate = derived(lambda end: 1 / service.at(end), [service])
    assert rate.interval.low == pytest.approx(1 / 0.0011)
    assert rate.interval.high == pytest.approx(1 / 0.0009)


def test_what_may_rise_or_fall_with_the_variation_is_taken_at_both_ends_of_it() -> None:
    cost, variation = measured(10.0, 0.1), measured(1.0, 0.5)
    falling = over_ends(lambda ends: cost.at(ends.cost) - variation.at(ends.variation), [cost, variation])
    assert (falling.interval.low, falling.value, falling.interval.high) == (9 - 1.5, 9.0, 11 - 0.5)
