"""What the model predicts of wholes, how its errors are judged, and where it is switched off."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse import fleet as model
from bench.analyse import parts, predictions
from bench.analyse.predictions import Comparison
from bench.analyse.quantities import exact
from tests.analyse.fleets import CURVE, FULL, curve, curves, demand, endpoint, instance, measured
from tests.synthetic import GO, PURE, result

POSITIVE = st.floats(min_value=1e-3, max_value=1e6)


def comparison(predicted: float, **changes: Any) -> Comparison:
    """Return a prediction of 100, measured with an interval of 10 to both sides."""
    fields: dict[str, Any] = {
        "part": "the CRUD mix",
        "metric": "throughput",
        "program": "go/gin",
        "predicted": exact(predicted),
        "measured": measured(100.0, 0.1),
    }
    return Comparison(**(fields | changes))


@pytest.mark.parametrize(("predicted", "off"), [(84.0, True), (86.0, False), (100.0, False), (114.0, False), (116.0, True)])
def test_beyond_fifteen_per_cent_the_model_is_switched_off(predicted: float, *, off: bool) -> None:
    assert (comparison(predicted).off is not None) == off


def test_the_sentence_says_what_is_switched_off_and_by_how_much_it_was_wrong() -> None:
    assert comparison(130.0).off == (
        "For go/gin the model is switched off: its throughput of the CRUD mix is 30% too high, and 15% is the limit."
    )
    assert "20% too low" in str(comparison(80.0).off)


def test_a_prediction_within_the_measured_interval_holds_but_does_not_make_the_model_good_enough_to_show() -> None:
    wide = comparison(130.0, measured=measured(100.0, 0.5))
    assert wide.holds
    assert wide.off is not None
    assert not comparison(130.0).holds


@given(POSITIVE, POSITIVE)
def test_an_error_is_relative_to_what_was_measured(predicted: float, value: float) -> None:
    one = comparison(predicted, measured=exact(value))
    assert value * (1 + one.error) == pytest.approx(predicted)


def test_workers_with_a_cpu_each_add_up() -> None:
    two = predictions.several_workers(measured(1000.0, 0.1), 2)
    assert (two.value, two.derived) == (2000.0, True)
    assert (two.interval.low, two.interval.high) == pytest.approx((1800.0, 2200.0))


def test_a_quota_takes_its_share_of_the_throughput_and_no_more() -> None:
    throughput, cpus = measured(1000.0, 0.1), measured(0.8, 0.05)
    assert predictions.under_quota(throughput, cpus, 0.4).value == pytest.approx(500.0)
    assert predictions.under_quota(throughput, cpus, 1.0).value == pytest.approx(1000.0)


@given(st.floats(min_value=0.01, max_value=4), st.floats(min_value=0, max_value=0.5), st.floats(min_value=0.1, max_value=2))
def test_the_throughput_under_a_quota_lies_in_its_interval(quota: float, width: float, cpus: float) -> None:
    under = predictions.under_quota(measured(1000.0, width), measured(cpus, width), quota)
    assert under.interval.contains(under.value)
    assert under.value <= 1000.0


def test_a_mix_takes_the_processor_of_its_endpoints_by_their_shares() -> None:
    assert predictions.mix_processor(instance(), demand(rate=7)).value == pytest.approx(1.2 * 1.8e-3)


def test_the_percentile_of_a_mix_is_that_of_one_instance_at_the_rate_that_it_was_measured_at() -> None:
    expected = model.response(instance(), demand(rate=250), 1, 0.99)
    assert predictions.mix_p99(instance(), demand(), 250) == expected
    assert predictions.mix_p99(instance(), demand(rate=1), 250) == expected


def test_an_endpoint_alone_is_predicted_as_it_was_measured() -> None:
    whole = curves()
    one = parts.instance({"read": parts.Source(whole)}, PURE, workers=1, worker_memory=exact(0.0), waiting=None)
    assert one is not None
    compared = predictions.of_mix("one endpoint", PURE, one, demand(mix={"read": 1.0}, arrivals=0.0), whole)
    assert [each.metric for each in compared] == list(predictions.METRICS)
    assert [each.error for each in compared] == pytest.approx([0.0] * 4, abs=1e-6)
    assert all(each.predicted.derived and not each.measured.derived for each in compared)


def test_a_throughput_that_the_database_limits_is_predicted_from_the_endpoints_that_it_limits() -> None:
    held_back = CURVE | {"saturation": FULL | {"rate": 800.0}}
    whole = result(tuple(curve(number, phases=held_back) for number in range(9)))
    one = parts.instance({"read": parts.Source(whole)}, PURE, workers=1, worker_memory=exact(0.0), waiting=None)
    assert one is not None
    throughput, *_ = predictions.of_mix("one endpoint", PURE, one, demand(mix={"read": 1.0}, arrivals=0.0), whole)
    assert throughput.predicted.value == pytest.approx(800.0)
    assert not predictions.limits(whole, PURE)


def test_the_busiest_part_takes_of_a_mix_what_it_takes_of_its_endpoints_by_their_shares() -> None:
    endpoints = {"read": endpoint(1e-3, throughput=exact(500.0)), "list": endpoint(1e-3, throughput=exact(100.0))}
    mixed = model.throughput_as_measured(instance(endpoints=endpoints), demand())
    assert mixed.value == pytest.approx(1 / (0.8 / 500 + 0.2 / 100))


def test_no_more_is_served_than_the_connections_let_through() -> None:
    near, far = (
        model.throughput_as_measured(instance(waiting=4), demand(mix={"read": 1.0}, distance=distance)).value
        for distance in (0, 0.1)
    )
    assert near == pytest.approx(1000.0)
    assert far < 4 / 0.1


def test_what_was_not_measured_of_a_whole_is_not_compared() -> None:
    assert predictions.of_mix("the CRUD mix", GO, instance(), demand(), curves()) == ()


def test_a_chain_takes_the_processor_of_its_services_together() -> None:
    chain = predictions.chain_processor([measured(1e-3, 0.1), measured(2e-3, 0.1)])
    assert (chain.value, chain.interval.low) == pytest.approx((3e-3, 2.7e-3))
    assert chain.interval.confidence == pytest.approx(0.9)


def test_a_chain_of_one_service_takes_what_the_service_takes() -> None:
    asked = demand(rate=100, mix={"read": 1.0})
    alone = model.response(instance(), asked, 1, 0.9).value
    assert predictions.chain_percentile([(instance(), asked)], 0.9).value == pytest.approx(alone, rel=0.05)


def test_a_longer_chain_takes_longer_but_its_tail_grows_by_less_than_the_services() -> None:
    service = (instance(0.1), demand(rate=100, mix={"read": 1.0}))
    one, three = (predictions.chain_percentile([service] * count, 0.99) for count in (1, 3))
    assert one.value < three.value < 3 * one.value
    assert three.interval.low < three.value < three.interval.high


def test_a_chain_with_a_service_that_is_full_takes_for_ever() -> None:
    full = demand(rate=2000, mix={"read": 1.0})
    assert predictions.chain_percentile([(instance(), full)], 0.5).value == float("inf")
