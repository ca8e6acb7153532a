from __future__ import annotations

import pytest

from bench.analyse.same_language import same_language
from bench.records.run import Invocation, Reading
from tests.synthetic import failed, invocation, result, rounds

GIN, ECHO = "go/gin", "go/echo"


def test_of_times_the_shorter_is_ahead() -> None:
    comparison = same_language(result(rounds({GIN: 1e-3, ECHO: 2e-3}, noise=0.001)), GIN, ECHO, "value", ())
    assert comparison is not None
    assert comparison.ahead == pytest.approx(2, rel=0.01)


def test_of_rates_the_higher_is_ahead() -> None:
    comparison = same_language(result(rounds({GIN: 2000.0, ECHO: 1000.0}, noise=0.001), better="higher"), GIN, ECHO, "value", ())
    assert comparison is not None
    assert comparison.ahead == pytest.approx(2, rel=0.01)


def test_of_readings_the_smaller_is_ahead_whatever_the_value_says() -> None:
    def sized(program: str, number: int, size: float) -> Invocation:
        reading = Reading(count=None, mark="start", metrics={"proportional": size})
        return invocation(program=program, round=number, readings=(reading,))

    invocations = tuple(sized(program, n, size) for n in range(6) for program, size in ((GIN, 10e6), (ECHO, 30e6)))
    comparison = same_language(result(invocations, better="higher", min_pairs=6), GIN, ECHO, "start.proportional", ())
    assert comparison is not None
    assert comparison.publishable
    assert comparison.ahead == pytest.approx(3)


def test_a_wide_interval_is_blocked() -> None:
    comparison = same_language(result(rounds({GIN: 1e-3, ECHO: 2e-3}, noise=0.3)), GIN, ECHO, "value", ())
    assert comparison is not None
    assert not comparison.publishable


def test_programs_without_a_common_round_are_not_compared() -> None:
    invocations = (*rounds({GIN: 1e-3}), *(failed(program=ECHO, round=n) for n in range(20)))
    assert same_language(result(invocations), GIN, ECHO, "value", ()) is None
