"""The parts of the fleet model, from made-up latency curves."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse import fleet, parts
from bench.analyse.deployments import Endpoint, Instance
from bench.analyse.parts import Source
from bench.analyse.quantities import exact
from bench.records.run import BenchmarkResult
from tests.analyse.fleets import CURVE, HALF, LIGHT, curve, curves, demand, instance
from tests.synthetic import GO, PURE, failed, result

PERCENTILES = st.lists(st.floats(min_value=1e-5, max_value=1), min_size=5, max_size=5).map(sorted)


def endpoint(measured: BenchmarkResult, queries: int = 0, distance: float = 0.0) -> Endpoint:
    one = parts.endpoint(Source(measured, queries, distance), PURE)
    assert one is not None
    return one


def served(sources: Mapping[str, Source]) -> Instance | None:
    return parts.instance(sources, PURE, workers=2, worker_memory=exact(30e6), waiting=16)


def test_an_endpoints_quantities_are_medians_over_the_invocations() -> None:
    one = endpoint(curves(), queries=2)
    assert one.queries == 2
    assert one.service.value == pytest.approx(1e-3)
    assert one.processor.value == pytest.approx(1.2e-3)
    assert (one.latencies.load, one.latencies.p99.value, one.latencies.longest.value) == pytest.approx((0.5, 3e-3, 7e-3))


def test_their_intervals_are_order_statistics_of_so_few_rounds() -> None:
    one = endpoint(curves())
    assert (one.service.interval.low, one.service.interval.high) == pytest.approx((0.97e-3, 1.03e-3))
    assert one.service.interval.confidence >= 0.95


def test_where_the_harness_is_busy_first_a_request_keeps_the_worker_for_its_processor_time_alone() -> None:
    held_back = CURVE | {"saturation": {"rate": 400.0, "server_cpu": 1.0}, "50%": HALF | {"rate": 200.0}}
    one = endpoint(result(tuple(curve(number, phases=held_back) for number in range(9))))
    assert one.service.value == pytest.approx(1e-3)
    assert one.latencies.load == pytest.approx(0.2)


def test_what_was_measured_far_from_the_database_is_brought_back_to_it() -> None:
    near, far = endpoint(curves(), queries=2), endpoint(curves(), queries=2, distance=0.5e-3)
    assert far.latencies.p50.value == pytest.approx(near.latencies.p50.value - 1e-3)
    assert far.service == near.service


@pytest.mark.parametrize("missing", ["saturation", "25%", "50%"])
def test_a_program_without_a_curve_is_no_endpoint(missing: str) -> None:
    phases = {mark: metrics for mark, metrics in CURVE.items() if mark != missing}
    assert parts.endpoint(Source(result((curve(phases=phases),))), PURE) is None


def test_failed_invocations_and_other_programs_do_not_count() -> None:
    sound = curves().invocations
    others = tuple(curve(number, 5.0, GO) for number in range(9))
    broken = tuple(failed(round=number) for number in range(9, 20))
    assert endpoint(result(sound + others + broken)) == endpoint(result(sound))


def test_the_model_gives_back_the_half_load_that_its_parts_come_from() -> None:
    alone = instance(endpoints={"read": endpoint(curves())})
    asked = demand(rate=500, mix={"read": 1.0}, arrivals=0.0)
    assert fleet.response(alone, asked, 1, 0.5).value == pytest.approx(HALF["p50"])
    assert fleet.response(alone, asked, 1, 0.99).value == pytest.approx(HALF["p99"])


def test_an_instance_takes_the_memory_of_the_endpoint_that_needs_most() -> None:
    large = result(tuple(curve(number, 2.0) for number in range(9)))
    one = served({"read": Source(curves(), 1), "list": Source(large, 1)})
    assert one is not None
    assert (one.memory.value, one.worker_memory.value, one.start.value) == pytest.approx((140e6, 30e6, 0.8))
    assert (one.workers, one.waiting, list(one.endpoints)) == (2, 16, ["read", "list"])


def test_an_instance_needs_a_curve_of_each_of_its_endpoints() -> None:
    assert served({"read": Source(curves()), "list": Source(curves(program=GO))}) is None


def test_a_reading_that_was_not_made_is_none() -> None:
    assert parts.reading(curves(), PURE, "95%", "p99") is None
    assert parts.reading(curves(), PURE, "50%", "absent") is None
    assert parts.reading(curves(), PURE, "50%", "p99") == endpoint(curves()).latencies.p99


# --- Samples ---


def test_services_take_as_long_as_the_throughput_says_and_vary_as_a_light_load_does() -> None:
    samples = parts.services(result((curve(),)), PURE)
    assert len(samples) == parts.SAMPLES
    assert fmean(samples) == pytest.approx(1e-3)
    assert samples[-1] / samples[len(samples) // 2] == pytest.approx((6.0 - 0.5) / (1.5 - 0.5), rel=0.1)


def test_the_rest_of_an_answer_at_a_light_load_is_elsewhere() -> None:
    assert parts.elsewhere(curves(), PURE) == pytest.approx(LIGHT["p50"] - 1e-3)


def test_pauses_do_not_count_as_variation_of_the_service() -> None:
    paused = LIGHT | {"p99": 20e-3, "p999": 50e-3, "max": 60e-3}
    calm, held_up = (endpoint(result((curve(phases=CURVE | {"25%": light}),))).variation.value for light in (LIGHT, paused))
    assert held_up == pytest.approx(calm)


@given(PERCENTILES)
def test_latencies_have_the_percentiles_that_they_were_made_of(percentiles: list[float]) -> None:
    metrics = dict(zip(("p50", "p90", "p99", "p999", "max"), percentiles, strict=True))
    samples, rounding = parts.latencies(metrics, 10_000), 1 + 1e-9
    assert all(one <= other * rounding for one, other in pairwise(samples))
    for name, share in (("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p999", 0.999)):
        below, above = samples[round(share * 10_000) - 1], samples[round(share * 10_000)]
        assert below <= metrics[name] * rounding
        assert metrics[name] <= above * rounding
    assert samples[-1] <= metrics["max"] * rounding


@pytest.mark.parametrize(("count", "confidence"), [(1, 0.0), (9, 0.95)])
def test_a_quantity_has_the_confidence_that_its_values_allow(count: int, confidence: float) -> None:
    one = parts.quantity([2.0] * count)
    assert (one.value, one.interval.low, one.interval.high, one.derived) == (2.0, 2.0, 2.0, False)
    assert one.interval.confidence == pytest.approx(confidence, abs=0.02)
