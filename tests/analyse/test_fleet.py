"""The fleet model: what has to hold of it whatever the quantities are, and small fleets worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bench.analyse import fleet as model
from bench.analyse.deployments import ASSUMPTIONS, Endpoint, Fleet, Latencies, Prices
from bench.analyse.fleet import fleet
from bench.analyse.quantities import Quantity, exact
from tests.analyse.fleets import demand, endpoint, instance

PRICES = Prices(cpu=20, memory=4)
RATES = st.floats(min_value=1, max_value=1e5)
WIDTHS = st.floats(min_value=0, max_value=0.4)
DISTANCES = st.floats(min_value=0, max_value=0.05)
TARGETS = st.floats(min_value=0.03, max_value=1)

few = settings(max_examples=25)
"""A fleet is a search over numbers of instances at each end of its quantities, and takes a hundredth of a second."""


def quantities(one: Fleet) -> dict[str, Quantity]:
    return {name: value for name, value in one if isinstance(value, Quantity)}


# --- By hand ---


def test_instances_are_those_that_keep_the_cap_and_the_spare_ones() -> None:
    # 0.8 of 1 ms and 0.2 of 5 ms are 1.8 ms: at 2,100 a second 3.78 workers are busy, and 7 keep each below 0.6.
    taken = fleet(instance(), demand(rate=2100), PRICES)
    assert (taken.instances.value, taken.limit) == (8, "utilisation")
    assert taken.utilisation.value == pytest.approx(3.78 / 8)


def test_processors_that_are_busy_are_summed_over_the_mix() -> None:
    assert fleet(instance(), demand(), PRICES).busy.value == pytest.approx(2000 * 1.2 * 1.8e-3)


def test_memory_and_cost_are_those_of_all_instances() -> None:
    taken = fleet(instance(workers=3), demand(), PRICES)
    assert taken.memory.value == pytest.approx(taken.instances.value * 200e6)
    assert taken.cpus.value == 3 * taken.instances.value
    assert taken.cost.value == pytest.approx(taken.instances.value * (3 * 20 + 200e6 / 2**30 * 4))


def test_a_small_load_takes_the_fewest_instances() -> None:
    taken = fleet(instance(), demand(rate=1, fewest=2, spare=2), PRICES)
    assert (taken.instances.value, taken.limit) == (4, "fewest")


def test_a_target_may_take_more_instances_than_the_cap() -> None:
    loose = fleet(instance(), demand(), PRICES)
    tight = fleet(instance(), demand(p99=0.95 * loose.p99.value, utilisation=0.95), PRICES)
    assert tight.limit == "p99"
    assert tight.p99.value <= 0.95 * loose.p99.value


def test_the_fewest_that_meet_a_target_are_found() -> None:
    asked = demand(p99=0.02, utilisation=0.95, spare=0)
    count = fleet(instance(), asked, PRICES).instances.value
    assert model.response(instance(), asked, count, 0.99).value <= 0.02 < model.response(instance(), asked, count - 1, 0.99).value


def test_a_target_below_what_one_request_takes_alone_is_met_by_none() -> None:
    taken = fleet(instance(), demand(p99=0.001), PRICES)
    assert taken.instances.value == taken.cost.value == taken.deploy.value == math.inf
    assert taken.unmet is not None
    assert "1 ms are asked for" in taken.unmet


def test_a_fleet_that_meets_its_target_has_nothing_unmet() -> None:
    assert fleet(instance(), demand(), PRICES).unmet is None


def test_a_target_that_only_the_better_end_meets_has_an_interval_without_end() -> None:
    # The worst instances take half as long again, and their slowest answers alone longer than the target.
    alone = model.response(instance(), demand(), math.inf, 0.99).value
    taken = fleet(instance(0.5), demand(p99=1.2 * alone), PRICES)
    assert math.isfinite(taken.instances.value)
    assert taken.instances.interval.high == math.inf


def test_a_rolling_deploy_takes_as_many_starts_as_there_are_groups() -> None:
    taken = fleet(instance(), demand(together=3), PRICES)
    assert taken.deploy.value == math.ceil(taken.instances.value / 3) * 0.5
    assert taken.scale_out.value == 0.5


def test_a_further_round_trip_is_paid_for_each_query() -> None:
    one = instance(endpoints={"list": endpoint(queries=3)})
    near, far = (
        model.response(one, demand(rate=10, mix={"list": 1.0}, distance=distance), 1, 0.99).value for distance in (0.0, 0.02)
    )
    assert far == pytest.approx(near + 3 * 0.02)


def test_light_requests_wait_for_heavy_ones() -> None:
    pure = model.responses(instance(), demand(rate=250, mix={"read": 1.0}), 1)
    mixed = model.responses(instance(), demand(rate=139), 1)  # as full
    assert mixed[0].wait.mean > 2 * pure[0].wait.mean
    assert mixed[0].wait.mean > mixed[1].wait.mean


def test_connections_limit_what_an_instance_serves_far_from_its_database() -> None:
    far = demand(distance=0.02)
    held = 0.8 * (0.6e-3 + 0.02) + 0.2 * (1e-3 + 2 * 0.02)
    assert model.throughput(instance(waiting=4), far).value == pytest.approx(4 / held)
    assert model.throughput(instance(waiting=4, workers=2), far).value == pytest.approx(8 / held)
    assert model.throughput(instance(), far).value == pytest.approx(1 / 1.8e-3)


def test_alone_and_at_the_load_where_it_was_measured_an_endpoint_takes_what_was_measured() -> None:
    one = instance(endpoints={"read": endpoint()})
    asked = demand(rate=500, mix={"read": 1.0}, arrivals=0.0)
    assert model.response(one, asked, 1, 0.50).value == pytest.approx(1.6e-3)
    assert model.response(one, asked, 1, 0.99).value == pytest.approx(3.5e-3)
    assert model.response(one, asked, 1, 0.999).value == pytest.approx(6.5e-3)


def test_independent_users_wait_longer_than_a_constant_rate() -> None:
    one = instance(endpoints={"read": endpoint()})
    steady, crowd = (
        model.response(one, demand(rate=500, mix={"read": 1.0}, arrivals=arrivals), 1, 0.99).value for arrivals in (0.0, 1.0)
    )
    assert crowd > 1.1 * steady


def test_more_than_an_instance_serves_takes_for_ever() -> None:
    assert model.response(instance(), demand(rate=600), 1, 0.5).value == math.inf


# --- Whatever the quantities are ---


@few
@given(RATES, RATES, TARGETS)
def test_more_load_never_needs_fewer_instances(one: float, other: float, target: float) -> None:
    less, more = sorted((one, other))
    needed = [fleet(instance(), demand(rate=rate, p99=target), PRICES).instances.value for rate in (less, more)]
    assert needed == sorted(needed)


@few
@given(RATES, DISTANCES, DISTANCES)
def test_more_distance_never_lowers_a_response_time(rate: float, one: float, other: float) -> None:
    for share in (0.5, 0.99):
        near, far = (
            model.response(instance(), demand(rate=rate, distance=distance), 1 + rate / 400, share).value
            for distance in sorted((one, other))
        )
        assert near <= far * (1 + 1e-9)


@few
@given(RATES, WIDTHS, DISTANCES, TARGETS)
def test_every_interval_contains_its_value_and_is_marked_derived(
    rate: float, width: float, distance: float, target: float
) -> None:
    taken = fleet(instance(width), demand(rate=rate, distance=distance, p99=target), PRICES)
    assert all(one.interval.contains(one.value) and one.derived for one in quantities(taken).values())


@few
@given(RATES, WIDTHS, TARGETS)
def test_wider_inputs_never_give_narrower_results(rate: float, width: float, target: float) -> None:
    narrow, wide = (quantities(fleet(instance(each), demand(rate=rate, p99=target), PRICES)) for each in (width / 2, width))
    for name, one in narrow.items():
        assert wide[name].interval.low <= one.interval.low * (1 + 1e-9), name
        assert wide[name].interval.high >= one.interval.high * (1 - 1e-9), name


@few
@given(RATES, st.sampled_from([2.0, 10.0, 1000.0]))
def test_another_unit_of_time_gives_the_same_fleet(rate: float, unit: float) -> None:
    def scaled(one: Endpoint) -> Endpoint:
        times = {name: exact(unit * value.value) for name, value in one.latencies if isinstance(value, Quantity)}
        return Endpoint(
            service=exact(unit * one.service.value),
            processor=exact(unit * one.processor.value),
            variation=one.variation,
            latencies=Latencies(load=one.latencies.load, **times),
            throughput=exact(one.throughput.value / unit),
            queries=one.queries,
        )

    plain = instance(endpoints={"read": endpoint(queries=1)})
    other = instance(endpoints={"read": scaled(plain.endpoints["read"])})
    asked = demand(rate=rate, mix={"read": 1.0}, distance=0.001)
    slower = demand(rate=rate / unit, mix={"read": 1.0}, distance=unit * 0.001, p99=unit * asked.p99)
    ours, theirs = fleet(plain, asked, PRICES), fleet(other, slower, PRICES)
    assert abs(ours.instances.value - theirs.instances.value) <= 1  # where rounding decides
    assert theirs.busy.value == pytest.approx(ours.busy.value)
    if ours.instances.value == theirs.instances.value:
        assert theirs.p99.value == pytest.approx(unit * ours.p99.value)


@given(st.floats(min_value=0.01, max_value=0.99), RATES)
def test_what_is_busy_is_the_sum_over_the_mix(share: float, rate: float) -> None:
    whole = model.busy(instance(), demand(rate=rate, mix={"read": share, "list": 1 - share})).value
    parts = [
        model.busy(instance(), demand(rate=rate * part, mix={name: 1.0})).value
        for name, part in (("read", share), ("list", 1 - share))
    ]
    assert whole == pytest.approx(sum(parts))


@few
@given(RATES, st.floats(min_value=1.1, max_value=100))
def test_percentiles_are_in_order(rate: float, instances: float) -> None:
    p50, p99 = (model.response(instance(), demand(rate=rate), instances * rate / 500, share).value for share in (0.5, 0.99))
    assert p50 <= p99


@few
@given(st.floats(min_value=0, max_value=0.95), st.floats(min_value=0, max_value=0.95))
def test_a_fuller_instance_never_answers_sooner(one: float, other: float) -> None:
    for share in (0.5, 0.9, 0.99, 0.999):
        less, more = (
            model.response(instance(), demand(rate=max(used, 1e-6) / 1.8e-3), 1, share).value for used in sorted((one, other))
        )
        assert less <= more * (1 + 1e-9)


@given(st.floats(min_value=0, max_value=0.95))
def test_shares_of_response_times_add_up_to_one(used: float) -> None:
    for response in model.responses(instance(), demand(rate=max(used, 1e-6) / 1.8e-3), 1):
        assert sum(piece.share for piece in response.pieces) == pytest.approx(1)


# --- What is refused, and what is said ---


def test_shares_of_a_mix_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValidationError, match=r"add up to 0\.9 and not to 1"):
        demand(mix={"read": 0.8, "list": 0.1})


def test_an_endpoint_that_was_not_measured_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="absent"):
        fleet(instance(), demand(mix={"absent": 1.0}), PRICES)


def test_prices_are_the_readers_own() -> None:
    with pytest.raises(ValidationError):
        Prices.model_validate({})


def test_each_assumption_has_a_name_of_its_own_and_a_sentence() -> None:
    assert len({assumption.name for assumption in ASSUMPTIONS}) == len(ASSUMPTIONS)
    assert all(assumption.says.endswith(".") for assumption in ASSUMPTIONS)
    assert {"arrivals", "independence", "utilisation", "failover"} <= {assumption.name for assumption in ASSUMPTIONS}
