from __future__ import annotations

from typing import Any

import pytest

from bench.analyse.objections import objections
from bench.records.run import Reading
from tests.synthetic import invocation


@pytest.mark.parametrize("changes", [{}, {"steal": 0.01, "foreign": 0.01}, {"foreign": None}])
def test_nothing_speaks_against_a_quiet_invocation(changes: dict[str, Any]) -> None:
    assert list(objections(invocation(**changes))) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"steal": 0.011}, "the hypervisor took 1.1% of its time"),
        ({"foreign": 0.011}, "other processes used 1.1% of its CPUs"),
        ({"throttled": 1}, "it was throttled"),
        ({"swapped": 1}, "the machine swapped"),
    ],
)
def test_each_disturbance_is_an_objection(changes: dict[str, Any], expected: str) -> None:
    assert list(objections(invocation(**changes))) == [expected]


def test_every_load_that_failed_its_gates_is_an_objection_and_says_where() -> None:
    sound = {"rate": 1000.0, "seconds": 10.0, "offered": 1000.0, "generator_cpu": 0.3, "connections": 64.0, "opened": 64.0}
    latencies = dict.fromkeys(("mean", "p50", "p90", "p99", "p999", "max"), 1e-3)
    readings = (
        Reading(count=None, mark="start", metrics={"seconds": 0.1}),
        Reading(count=None, mark="half", metrics=sound | latencies),
        Reading(count=None, mark="full", metrics=sound | latencies | {"rate": 900.0}),
    )
    assert list(objections(invocation(readings=readings))) == ["at full: it achieved 90.0% of the offered rate"]
