"""What is simulated of a server, and what is read off it; every figure comes from the fixed seed."""

from __future__ import annotations

import random
from functools import cache
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse import scenarios
from bench.analyse.scenarios import LOAD, SEED, SETTLED, STALL, TARGET, WINDOW, Part, Subject, back, mixed
from bench.analyse.simulation import Request, Scenario, Simulated, Stall, simulate
from bench.records.simulation import Fleet

RANDOM = random.Random(7)
SERVICE = 0.02
SUBJECT = Subject(
    "python/fastapi/cpython-3.14",
    (),
    tuple(Request(RANDOM.expovariate(1 / SERVICE), 0.001) for _ in range(5000)),
    start=0.2,
)
"""A slow server, of which few requests come while another is stalled."""


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulate fewer requests."""
    monkeypatch.setattr(scenarios, "MOST", 20_000)
    monkeypatch.setattr(scenarios, "FEW", 2_000)


def run(scenario: Scenario) -> Simulated:
    return simulate(scenario, SEED)


@cache
def fleet() -> Fleet:
    """Return the fleet of the slow server, which takes seconds to simulate."""
    return scenarios.fleet(SUBJECT, run)


def seen(*times: float) -> Simulated:
    """Return what would come of a scenario with ten requests in each window, all of which take as long."""
    starts = tuple((number + 0.5) * WINDOW / 10 for number in range(10 * len(times)))
    return Simulated(starts, tuple(time for time in times for _ in range(10)), 0, ())


# --- What requests are drawn from ---


def test_a_mix_has_each_part_by_its_share() -> None:
    requests = mixed([Part([1.0], 0.5, 0.75), Part([2.0], 0.25, 0.25)], 100)
    assert (requests.count(Request(1.0, 0.5)), requests.count(Request(2.0, 0.25))) == (75, 25)


@given(st.lists(st.floats(min_value=1e-4, max_value=1.0), min_size=1, max_size=50))
def test_a_part_alone_is_drawn_with_the_mean_that_it_has(services: list[float]) -> None:
    requests = mixed([Part(services, 0.0)], 100 * len(services))
    assert fmean(request.service for request in requests) == pytest.approx(fmean(services))


def test_throughput_is_one_over_the_mean_service() -> None:
    assert Subject("go/gin", (), (Request(0.1), Request(0.3))).throughput == pytest.approx(5.0)


# --- How long it is until all is well again ---


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ((1.0, 1.0, 1.0, 1.0), 0.0),
        ((3.0, 1.0, 1.0, 1.0), WINDOW),
        ((1.0, 3.0, 1.0, 1.0), 2 * WINDOW),
        ((3.0, 1.0, 3.0, 1.0, 1.0), 3 * WINDOW),
    ],
)
def test_latency_is_back_after_the_last_window_beyond_the_limit(times: tuple[float, ...], expected: float) -> None:
    assert back(seen(*times), 2.0, 0.0) == pytest.approx(expected)


def test_latency_that_is_beyond_the_limit_at_the_end_is_not_back() -> None:
    assert back(seen(1.0, 1.0, 3.0, 3.0), 2.0, 0.0) is None


# --- Fleets ---


def test_a_fleet_is_asked_for_half_of_its_throughput() -> None:
    assert fleet().rate == pytest.approx(scenarios.INSTANCES * LOAD * SUBJECT.throughput)


def test_the_same_seed_gives_the_same_record() -> None:
    assert scenarios.fleet(SUBJECT, run) == fleet()


def test_every_scenario_of_a_fleet_is_announced() -> None:
    ran: list[Scenario] = []

    def noted(scenario: Scenario) -> Simulated:
        ran.append(scenario)
        return run(scenario)

    scenarios.fleet(SUBJECT, noted)
    assert tuple(ran) == scenarios.fleet_scenarios(SUBJECT)


def test_a_scenario_has_as_many_requests_as_were_expected() -> None:
    scenario = scenarios.undisturbed(SUBJECT)
    assert fleet().undisturbed.requests == pytest.approx(scenarios.expected(scenario), rel=0.02)


def test_a_balancer_that_counts_makes_fewer_requests_late_than_one_that_does_not() -> None:
    by_chance, counting = fleet().stalled
    assert (by_chance.balancer, counting.balancer) == ("random", "fewest")
    assert counting.late < by_chance.late


def test_a_stall_is_simulated_until_what_came_meanwhile_is_worked_off() -> None:
    by_chance, _ = fleet().stalled
    assert by_chance.back is not None
    assert by_chance.back > STALL - TARGET


def test_a_deploy_of_more_at_a_time_is_sooner_over() -> None:
    one, ten = fleet().deployed
    assert (one.together, ten.together) == (1, 10)
    assert one.seconds > 5 * ten.seconds


def test_how_long_a_deploy_takes_does_not_depend_on_when_requests_end(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fleet().deployed[0]
    monkeypatch.setattr(scenarios, "MOST", whole.requests // 4)
    cut = scenarios.fleet(SUBJECT, run).deployed[0]
    assert cut.requests < whole.requests / 2
    assert cut.seconds == pytest.approx(whole.seconds, rel=0.1)


# --- The check ---


def test_two_workers_that_are_hardly_asked_answer_as_one_does() -> None:
    steady = Subject("go/gin", (), (Request(0.001, 0.002),), rate=10.0)
    check = scenarios.check(steady, run)
    assert (check.p50, check.p99) == pytest.approx((0.003, 0.003))
    assert check.requests == pytest.approx(scenarios.FEW, abs=1)


@pytest.mark.parametrize(("program", "instances", "workers"), [("go/gin", 1, 2), ("python/fastapi/cpython-3.14", 2, 1)])
def test_two_workers_share_a_queue_in_go_and_have_one_each_in_python(program: str, instances: int, workers: int) -> None:
    scenario = scenarios.two_workers(Subject(program, (), (Request(0.001),), rate=10.0))
    assert (scenario.instances, scenario.workers) == (instances, workers)


def test_queues_have_settled_before_anything_happens() -> None:
    assert scenarios.stalled(SUBJECT, "random").stall == Stall(SETTLED, STALL)
    deploy = scenarios.deployed(SUBJECT, 10).deploy
    assert deploy is not None
    assert deploy.at == SETTLED
