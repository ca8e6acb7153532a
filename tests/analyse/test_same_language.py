from __future__ import annotations

import pytest

from bench.analyse.same_language import same_language
from bench.records.run import Invocation, Reading
from tests.synthetic import failed, invocation, result, rounds

GIN, ECHO = "go/gin", "go/echo"


def test_of_times_the_shorter_is_ahead() -> None:
    found = same_language(result(rounds({GIN: 1e-3, ECHO: 2e-3}, noise=0.001)), GIN, ECHO, "value", ())
    assert found is not None
    assert found.ahead == pytest.approx(2, rel=0.01)


def test_of_rates_the_higher_is_ahead() -> None:
    found = same_language(result(rounds({GIN: 2000.0, ECHO: 1000.0}, noise=0.001), better="higher"), GIN, ECHO, "value", ())
    assert found is not None
    assert found.ahead == pytest.approx(2, rel=0.01)


def test_of_readings_the_smaller_is_ahead_whatever_the_value_says() -> None:
    def sized(program: str, number: int, size: float) -> Invocation:
        reading = Reading(count=None, mark="start", metrics={"proportional": size})
        return invocation(program=program, round=number, readings=(reading,))

    every = tuple(sized(program, n, size) for n in range(6) for program, size in ((GIN, 10e6), (ECHO, 30e6)))
    found = same_language(result(every, better="higher", min_pairs=6), GIN, ECHO, "start.proportional", ())
    assert found is not None
    assert found.publishable
    assert found.ahead == pytest.approx(3)


def test_a_wide_interval_is_blocked() -> None:
    found = same_language(result(rounds({GIN: 1e-3, ECHO: 2e-3}, noise=0.3)), GIN, ECHO, "value", ())
    assert found is not None
    assert not found.publishable


def test_programs_that_no_round_has_both_of_are_not_compared() -> None:
    every = (*rounds({GIN: 1e-3}), *(failed(program=ECHO, round=n) for n in range(20)))
    assert same_language(result(every), GIN, ECHO, "value", ()) is None
