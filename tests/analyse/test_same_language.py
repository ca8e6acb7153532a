from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bench.analyse.records import Flag, Interval, ProgramEstimate, SameLanguageComparison
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


def compared(noise: float = 0.001, count: int = 20, **changes: Any) -> SameLanguageComparison:
    comparison = same_language(
        result(rounds({GIN: 1e-3, ECHO: 2e-3}, noise=noise, count=count), **changes), GIN, ECHO, "value", ()
    )
    assert comparison is not None
    return comparison


@pytest.mark.parametrize(("max_half_width", "publishable"), [(0.05, False), (0.10, False), (0.5, True)])
def test_an_interval_wider_than_the_benchmark_allows_is_blocked(max_half_width: float, *, publishable: bool) -> None:
    assert compared(noise=0.3, max_half_width=max_half_width).publishable is publishable


def test_few_rounds_are_compared_with_little_confidence_and_blocked() -> None:
    comparison = compared(count=5)
    assert comparison.interval.confidence == 0.9375
    assert [flag.message for flag in comparison.flags] == ["It rests on 5 rounds; 15 are the fewest to publish."]


SIZES = {GIN: 10e6, ECHO: 11e6}


def of_sizes(scatter: float, metric: str, estimates: Sequence[ProgramEstimate] = ()) -> SameLanguageComparison:
    """Compare by readings and values that scatter by so much, in a benchmark whose values have to be exact."""
    invocations = tuple(
        invocation(
            program=program,
            round=n,
            seconds_each=factor * 1e-3,
            readings=(Reading(count=None, mark="start", metrics={"proportional": size * factor}),),
        )
        for n in range(20)
        for program, size in SIZES.items()
        for factor in ((1 + scatter) ** (n % 2) if program == GIN else 1.0,)
    )
    comparison = same_language(result(invocations, max_half_width=0.01), GIN, ECHO, metric, estimates)
    assert comparison is not None
    return comparison


@pytest.mark.parametrize(
    ("scatter", "metric", "publishable"),
    [(0.15, "start.proportional", True), (0.25, "start.proportional", False), (0.15, "value", False)],
)
def test_readings_may_be_ten_per_cent_wide_whatever_the_benchmark_says_of_values(
    scatter: float, metric: str, *, publishable: bool
) -> None:
    assert of_sizes(scatter, metric).publishable is publishable


@pytest.mark.parametrize(
    ("metric", "kinds"),
    [("value", ["steal", "wide-interval", "load", "drift"]), ("start.proportional", ["steal", "drift"])],
)
def test_the_flags_of_width_and_load_hold_for_comparisons_of_the_value_alone(metric: str, kinds: list[str]) -> None:
    flags = [Flag(kind=kind, blocker=kind != "drift", message=kind) for kind in ("steal", "wide-interval", "load", "drift")]
    interval = Interval(low=1, high=1, confidence=0.95)
    estimates = [ProgramEstimate(program=GIN, invocations=20, value=1, interval=interval, flags=tuple(flags))]
    assert [flag.kind for flag in of_sizes(0.0, metric, estimates).flags] == kinds


def test_programs_without_a_reading_are_not_compared_by_it() -> None:
    assert same_language(result(rounds({GIN: 1e-3, ECHO: 2e-3})), GIN, ECHO, "start.proportional", ()) is None


def test_programs_without_a_common_round_are_not_compared() -> None:
    invocations = (*rounds({GIN: 1e-3}), *(failed(program=ECHO, round=n) for n in range(20)))
    assert same_language(result(invocations), GIN, ECHO, "value", ()) is None


def test_programs_are_not_compared_by_what_their_benchmark_does_not_read() -> None:
    assert same_language(result(rounds({GIN: 1e-3, ECHO: 2e-3})), GIN, ECHO, "saturation.proportional", ()) is None
