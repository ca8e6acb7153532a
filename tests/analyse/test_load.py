from __future__ import annotations

import pytest

from bench.analyse.load import ceiling, gates, load_flags
from bench.records.run import Invocation, Reading
from tests.synthetic import GO, invocation

SOUND = {
    "rate": 1000.0,
    "seconds": 10.0,
    "offered": 1000.0,
    "mean": 1e-3,
    "p50": 1e-3,
    "p90": 2e-3,
    "p99": 3e-3,
    "p999": 4e-3,
    "max": 5e-3,
    "lag_p99": 1e-4,
    "generator_cpu": 0.3,
    "server_cpu": 0.7,
    "connections": 64.0,
    "opened": 64.0,
}
CPUS = 2.0
CLOSED = {name: metric for name, metric in SOUND.items() if name not in ("offered", "lag_p99")} | {"mean": 0.064}


def loaded(metrics: dict[str, float], mark: str = "rate") -> Invocation:
    readings = (
        Reading(count=None, mark="start", metrics={"seconds": 0.1}),
        Reading(count=None, mark="saturation", metrics=CLOSED),
        Reading(count=None, mark=mark, metrics=metrics),
    )
    return invocation(program=GO, readings=readings)


@pytest.mark.parametrize(
    "metrics",
    [
        SOUND,
        CLOSED,
        SOUND | {"rate": 990.0},
        CLOSED | {"generator_cpu": 0.80},
        SOUND | {"lag_p99": 0.75e-3},
        SOUND | {"lag_p99": 0.5e-3, "p90": 1e-3, "p99": 1e-3},
        CLOSED | {"mean": 0.061},
        SOUND | {"opened": 63.0},
        SOUND | {"distance": 5e-3, "distance_late_p99": 4e-3},
        CLOSED | {"distance": 5e-3, "distance_late_p99": 6e-3},
    ],
    ids=[
        "open",
        "closed",
        "99 % of the offered rate",
        "80 % of a CPU",
        "a quarter of the tail late",
        "half a millisecond late",
        "nearly 5 % fewer busy connections",
        "fewer connections",
        "a way to the database that is hardly late",
        "a late way where latency does not count",
    ],
)
def test_a_sound_load_passes_every_gate(metrics: dict[str, float]) -> None:
    assert list(gates(metrics)) == []


@pytest.mark.parametrize(
    ("metrics", "expected"),
    [
        (SOUND | {"rate": 985.0}, "98.5% of the offered rate"),
        (CLOSED | {"generator_cpu": 0.81}, "81% of a CPU"),
        (SOUND | {"lag_p99": 1e-3}, "1 ms too late"),
        (CLOSED | {"mean": 0.060}, "60 busy connections of 64"),
        (SOUND | {"p50": 2.5e-3}, "not in order"),
        (SOUND | {"opened": 65.0}, "opened 65 connections in place of 64"),
        (SOUND | {"distance": 5e-3, "distance_late_p99": 6e-3}, "the way to the database took 6 ms longer than 5"),
    ],
)
def test_each_gate_gives_its_number_as_the_reason(metrics: dict[str, float], expected: str) -> None:
    assert [expected in reason for reason in gates(metrics)] == [True]


def test_requests_that_a_short_phase_cuts_off_may_be_missing_from_littles_law() -> None:
    assert list(gates(CLOSED | {"mean": 0.060, "seconds": 1.0})) == []


def test_an_open_loop_may_keep_the_generator_busy_as_long_as_it_is_in_time() -> None:
    assert list(gates(SOUND | {"generator_cpu": 0.95})) == []


def test_late_requests_may_be_a_quarter_of_a_long_tail() -> None:
    assert list(gates(SOUND | {"lag_p99": 0.9e-3, "p99": 4e-3})) == []


def test_a_program_is_blocked_where_more_than_a_fifth_of_its_loads_failed() -> None:
    wrong = loaded(SOUND | {"rate": 900.0})
    assert load_flags(GO, [wrong, *[loaded(SOUND)] * 4], CPUS) == ()
    assert [(flag.kind, flag.blocker) for flag in load_flags(GO, [wrong, wrong, *[loaded(SOUND)] * 4], CPUS)] == [("load", True)]


def test_the_message_counts_the_loads_that_failed_and_gives_the_first_reason() -> None:
    (flag,) = load_flags(GO, [loaded(SOUND), loaded(SOUND | {"rate": 900.0})], CPUS)
    reason = "in 1 of 2 invocations: it achieved 90.0% of the offered rate."
    assert flag.message == f"The load on {GO} was not what it should be {reason}"


def test_a_server_may_have_a_single_load() -> None:
    busy = Reading(count=None, mark="saturation", metrics=CLOSED | {"generator_cpu": 0.9})
    assert [flag.kind for flag in load_flags(GO, [invocation(program=GO, readings=(busy,))], CPUS)] == ["load"]


def test_the_load_that_counts_is_the_last_one_unless_a_mark_is_named() -> None:
    wrong = [loaded(SOUND | {"rate": 900.0})] * 6
    assert load_flags(GO, wrong, CPUS) != ()
    assert load_flags(GO, wrong, CPUS, "saturation") == ()


@pytest.mark.parametrize(("cpus", "kinds"), [(2.0, ["full-machine"]), (4.0, [])])
def test_throughput_is_withheld_where_server_and_generator_fill_the_machine(cpus: float, kinds: list[str]) -> None:
    full = [loaded(CLOSED | {"generator_cpu": 0.75, "server_cpu": 1.2})] * 6
    assert [flag.kind for flag in load_flags(GO, full, cpus)] == kinds


def test_a_server_that_has_the_machine_for_itself_may_fill_it() -> None:
    own = [loaded(CLOSED | {"generator_cpu": 0.03, "server_cpu": 1.95})] * 6
    assert load_flags(GO, own, CPUS) == ()


def test_a_server_that_keeps_to_one_cpu_does_not_fill_the_machine() -> None:
    own = [loaded(CLOSED | {"generator_cpu": 0.95, "server_cpu": 1.0})] * 6
    assert [flag.kind for flag in load_flags(GO, own, CPUS)] == ["load"]


def test_what_is_read_at_a_fixed_rate_is_not_withheld_for_a_full_machine() -> None:
    assert load_flags(GO, [loaded(SOUND | {"server_cpu": 1.9})] * 6, CPUS) == ()


@pytest.mark.parametrize(("mark", "kinds"), [("rate", ["load"]), ("fixed", [])])
def test_late_requests_do_not_matter_where_processor_time_alone_counts(mark: str, kinds: list[str]) -> None:
    late = [loaded(SOUND | {"lag_p99": 5e-3}, mark)] * 6
    assert [flag.kind for flag in load_flags(GO, late, CPUS)] == kinds


def test_a_program_that_is_not_a_server_has_no_load() -> None:
    assert load_flags(GO, [invocation(program=GO)], CPUS) == ()


def test_the_ceiling_is_the_median_rate_for_each_cpu_of_the_generator() -> None:
    invocations = [loaded(SOUND | {"generator_cpu": used}) for used in (0.2, 0.25, 0.5, 0.2, 0.25, 0.25)]
    rate_and_interval = ceiling(invocations, "rate")
    assert rate_and_interval is not None
    rate, interval = rate_and_interval
    assert (rate, interval.low, interval.high) == (4000.0, 2000.0, 5000.0)


def test_where_the_generator_used_nothing_nothing_is_known_of_its_ceiling() -> None:
    rate_and_interval = ceiling([loaded(SOUND | {"generator_cpu": used}) for used in (0.0, 0.25)], "rate")
    assert rate_and_interval is not None
    assert rate_and_interval[0] == 4000.0


def test_few_invocations_give_a_ceiling_with_little_confidence() -> None:
    rate_and_interval = ceiling([loaded(SOUND)] * 5, "rate")
    assert rate_and_interval is not None
    assert rate_and_interval[1].confidence == 0.9375


def test_without_a_load_there_is_no_ceiling() -> None:
    assert ceiling([loaded(SOUND)], "start") is None
