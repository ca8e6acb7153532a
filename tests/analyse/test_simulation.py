"""The simulation against closed forms, and what stalls and deploys do in it; every figure comes from a fixed seed."""

from __future__ import annotations

import math
import random
from statistics import fmean
from typing import Any

import pytest

from bench.analyse.deployments import Latencies
from bench.analyse.fleet import response
from bench.analyse.quantities import exact
from bench.analyse.queueing import Station, delayed, wait
from bench.analyse.simulation import Deploy, Request, Scenario, Stall, simulate
from tests.analyse.fleets import STEPS, demand, endpoint, instance

SERVICE = 0.01
STEADY = (Request(SERVICE),)
RANDOM = random.Random(7)
EXPONENTIAL = tuple(Request(RANDOM.expovariate(1 / SERVICE)) for _ in range(5000))
MEAN = fmean(request.service for request in EXPONENTIAL)
HUNDRED: dict[str, Any] = {"instances": 100, "workers": 1, "rate": 3000.0, "requests": EXPONENTIAL, "seconds": 4.0}
STALL = Stall(at=1.0, seconds=2.0)


def scenario(**changes: Any) -> Scenario:
    """Return two instances that are each used by half, for twenty seconds."""
    fields: dict[str, Any] = {"instances": 2, "workers": 1, "rate": 100.0, "requests": STEADY, "seconds": 20.0}
    return Scenario(**(fields | changes))


def test_requests_that_never_meet_take_their_service_and_what_they_wait_elsewhere() -> None:
    run = simulate(scenario(arrivals="constant", rate=10.0, requests=(Request(SERVICE, 0.005),)), 1)
    assert len(run.times) == 199
    assert run.times == pytest.approx([0.015] * 199)
    assert run.most_waiting == 0


def test_the_same_seed_gives_the_same_requests_and_another_seed_others() -> None:
    assert simulate(scenario(), 1) == simulate(scenario(), 1)
    assert simulate(scenario(), 1) != simulate(scenario(), 2)


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_one_queue_waits_as_long_as_erlangs_formula_says(workers: int) -> None:
    rate = 0.7 * workers / MEAN
    run = simulate(scenario(instances=1, workers=workers, rate=rate, requests=EXPONENTIAL, seconds=40_000 / rate), 1)
    expected = delayed(workers, 0.7 * workers) * MEAN / (workers * 0.3)
    assert fmean(run.times) - MEAN == pytest.approx(expected, rel=0.1)


def test_two_instances_behind_chance_are_two_queues_of_one_worker_each() -> None:
    rate = 2 * 0.7 / MEAN
    run = simulate(scenario(instances=2, rate=rate, requests=EXPONENTIAL, seconds=40_000 / rate), 1)
    assert fmean(run.times) == pytest.approx(MEAN / 0.3, rel=0.1)
    assert run.percentile(0.99) == pytest.approx(MEAN / 0.3 * math.log(100), rel=0.1)


def test_steady_services_wait_half_as_long_as_exponential_ones() -> None:
    rate = 0.7 / SERVICE
    run = simulate(scenario(instances=1, rate=rate, seconds=40_000 / rate), 1)
    waits = wait(Station(1, rate, SERVICE, arrivals=1.0, services=0.0))
    assert fmean(run.times) - SERVICE == pytest.approx(waits.probability * waits.mean, rel=0.1)


@pytest.mark.parametrize("share", [0.5, 0.9, 0.99])
def test_the_fleet_model_agrees_with_two_simulated_instances(share: float) -> None:
    always = Latencies(load=0.0, **dict.fromkeys(STEPS, exact(SERVICE)))
    one = instance(endpoints={"read": endpoint(SERVICE, variation=exact(0.0), latencies=always)})
    run = simulate(scenario(rate=140.0, seconds=300.0), 1)
    expected = response(one, demand(rate=140.0, mix={"read": 1.0}), 2, share).value
    assert expected == pytest.approx(run.percentile(share), rel=0.15)


def test_of_a_hundred_instances_a_stalled_one_makes_one_in_a_hundred_requests_wait() -> None:
    run = simulate(Scenario(**HUNDRED, stall=STALL), 1)
    assert run.late(1.0, 1.0, 2.0) == pytest.approx(0.01, abs=0.005)
    assert run.late(1.0, 0.0, 0.9) == 0


def test_a_balancer_that_counts_leaves_a_stalled_instance_alone() -> None:
    run = simulate(Scenario(**HUNDRED, balancer="fewest", stall=STALL), 1)
    assert 0 < run.late(1.0, 1.0, 2.0) < 0.002
    assert run.most_waiting < simulate(Scenario(**HUNDRED, stall=STALL), 1).most_waiting / 10


def test_what_came_during_a_stall_of_the_only_instance_waits_for_its_end() -> None:
    run = simulate(scenario(instances=1, rate=50.0, arrivals="constant", seconds=6.0, stall=STALL), 1)
    assert max(run.times) == pytest.approx(2.0, abs=0.05)
    assert run.most_waiting == pytest.approx(100, abs=2)
    # A hundred requests are worked off at a hundred a second while fifty more come: two seconds after its end all is well.
    assert run.recovered(0.02, 3.0) == pytest.approx(2.0, abs=0.1)


def test_a_deploy_drops_no_request_and_replaces_all() -> None:
    calm, deployed = (simulate(Scenario(**HUNDRED, deploy=deploy), 1) for deploy in (None, Deploy(0.5, 0.2, 20)))
    assert (calm.replaced, len(deployed.replaced)) == ((), 5)
    assert deployed.replaced[-1] == pytest.approx(0.5 + 5 * 0.2, abs=0.5)
    assert len(deployed.times) == pytest.approx(len(calm.times), rel=0.05)


def test_the_rest_is_slower_while_too_many_are_replaced() -> None:
    run = simulate(Scenario(**HUNDRED, deploy=Deploy(1.0, 1.0, 65)), 1)
    assert run.percentile(0.5, 1.5, 2.0) > 1.5 * run.percentile(0.5, 0.0, 1.0)


def test_a_deploy_that_leaves_no_instance_is_refused() -> None:
    with pytest.raises(ValueError, match="leaves none of 2"):
        simulate(scenario(deploy=Deploy(1.0, 1.0, 2)), 1)


def test_nothing_comes_of_no_time() -> None:
    run = simulate(scenario(seconds=0.0), 1)
    assert (run.times, run.late(0.0), run.recovered(0.0, 0.0)) == ((), 0.0, 0.0)
