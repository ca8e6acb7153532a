from __future__ import annotations

import math

import pytest

from bench.analyse.intervals import median_interval
from bench.analyse.records import Flag, Interval, ProgramEstimate
from bench.analyse.scaling import crossing, reading_medians, speedup
from bench.records.run import BenchmarkResult, Invocation, Reading
from tests.synthetic import GO, PURE, failed, invocation, result, rounds

COUNTS = (1000, 10_000, 100_000)


def timed(seconds: float, count: int = 20, noise: float = 0.005, seed: int = 1) -> tuple[Invocation, ...]:
    return rounds({PURE: seconds}, count=count, noise=noise, seed=seed)


def one_and_many(gain: float, noise: float = 0.005) -> tuple[BenchmarkResult, BenchmarkResult]:
    """Return results with one worker and with several, which take the `gain`-th part of the time."""
    many = result(timed(0.04 / gain, noise=noise, seed=2), benchmark="concurrency/pool-2")
    return result(timed(0.04, noise=noise), benchmark="concurrency/pool-1"), many


@pytest.mark.parametrize("gain", [0.8, 1.0, 1.96])
def test_a_speed_up_is_how_much_less_time_several_take(gain: float) -> None:
    measured = speedup(*one_and_many(gain), PURE, ())
    assert measured is not None
    assert measured.speedup == pytest.approx(gain, rel=0.01)
    assert measured.interval.contains(gain)
    assert (measured.rounds, measured.flags) == (20, ())


def test_a_speed_up_is_of_the_rounds_that_have_both() -> None:
    one = tuple(invocation(round=n, seconds_each=0.04) for n in range(20))
    many = tuple(failed(round=n) if n < 2 else invocation(round=n, seconds_each=0.02 if n < 18 else 0.5) for n in range(18))
    measured = speedup(result(one), result(many), PURE, ())
    assert measured is not None
    assert (measured.rounds, measured.speedup) == (16, 2)


def test_benchmarks_of_different_runs_give_no_speed_up() -> None:
    one, many = one_and_many(2)
    assert speedup(one, many.model_copy(update={"run": "another"}), PURE, ()) is None


@pytest.mark.parametrize("many", [(), tuple(failed(round=n) for n in range(20)), timed(0.02)[:0]])
def test_a_program_that_was_not_measured_in_both_gives_no_speed_up(many: tuple[Invocation, ...]) -> None:
    assert speedup(result(timed(0.04)), result(many), PURE, ()) is None


def test_a_speed_up_over_few_rounds_or_with_a_wide_interval_is_blocked() -> None:
    few = speedup(result(timed(0.04, count=14)), result(timed(0.02, count=14)), PURE, ())
    assert few is not None
    assert [flag.message for flag in few.flags] == ["It rests on 14 rounds; 15 are the fewest to publish."]
    wide = speedup(*one_and_many(2, noise=0.3), PURE, ())
    assert wide is not None
    assert not wide.publishable


def test_a_benchmark_says_how_many_rounds_its_speed_up_needs() -> None:
    one, many = (result(timed(seconds, count=9), min_pairs=6) for seconds in (0.04, 0.02))
    measured = speedup(one, many, PURE, ())
    assert measured is not None
    assert measured.publishable


def test_a_benchmarks_own_limit_of_width_holds_for_its_speed_up() -> None:
    one, many = one_and_many(2, noise=0.1)
    narrow = speedup(one, many, PURE, ())
    wide = speedup(one, many.model_copy(update={"max_half_width": 0.5}), PURE, ())
    assert narrow is not None
    assert wide is not None
    assert (narrow.publishable, wide.publishable) == (False, True)


def test_the_flags_of_both_times_hold_for_the_speed_up() -> None:
    flags = [Flag(kind=kind, blocker=kind == "steal", message=kind) for kind in ("drift", "steal")]
    interval = Interval(low=1, high=1, confidence=0.95)
    estimates = [ProgramEstimate(program=PURE, invocations=20, value=1, interval=interval, flags=(flag,)) for flag in flags]
    measured = speedup(*one_and_many(2), PURE, estimates)
    assert measured is not None
    assert [flag.kind for flag in measured.flags] == ["steal", "drift"]


# --- Where two programs take the same ---


def held(program: str, number: int, base: float, slope: float, counts: tuple[int, ...] = COUNTS) -> Invocation:
    readings = tuple(
        Reading(count=count, mark="held", metrics={"peak": base + slope * count, "other": 7.0 * count}) for count in counts
    )
    return invocation(round=number, program=program, layout=None, readings=readings)


def lines(python: tuple[float, float], go: tuple[float, float], count: int = 20, spread: float = 0.01) -> BenchmarkResult:
    """Return invocations of two programs whose (base, slope) are given; Python's base goes up and down by `spread`."""
    invocations = []
    for number in range(count):
        base = python[0] * (1 + spread * (number % 3 - 1))
        invocations += [held(PURE, number, base, python[1]), held(GO, number, *go)]
    return result(tuple(invocations))


def test_lines_cross_where_the_higher_base_is_made_up_for() -> None:
    crossed = crossing(lines((19e6, 1200), (2e6, 2700)), PURE, GO, "peak")
    assert crossed is not None
    count, interval = crossed
    assert count == pytest.approx(17e6 / 1500)
    assert interval.contains(count)
    assert interval.confidence >= 0.95
    ends = [(19e6 * 0.99 - 2e6) / 1500, (19e6 * 1.01 - 2e6) / 1500]
    assert [interval.low, interval.high] == pytest.approx(ends)


def test_it_does_not_matter_whose_base_is_the_higher() -> None:
    crossed = crossing(lines((2e6, 2700), (19e6, 1200), spread=0), PURE, GO, "peak")
    assert crossed is not None
    assert crossed[0] == pytest.approx(17e6 / 1500)


@pytest.mark.parametrize(
    ("python", "go"),
    [((19e6, 2700.0), (2e6, 1200.0)), ((2e6, 1200.0), (19e6, 2700.0)), ((19e6, 1200.0), (2e6, 1200.0))],
    ids=["more from the first", "less from the first", "parallel"],
)
def test_lines_that_meet_nowhere_do_not_cross(python: tuple[float, float], go: tuple[float, float]) -> None:
    assert crossing(lines(python, go), PURE, GO, "peak") is None


@pytest.mark.parametrize("go", [(2e6, 1199.0), (19e6, 2700.0)], ids=["almost parallel", "almost the same base"])
def test_lines_that_meet_anywhere_or_nowhere_within_the_noise_are_not_shown_to_cross(go: tuple[float, float]) -> None:
    invocations = []
    for number, sign in enumerate((-1, 1) * 10):
        invocations += [held(PURE, number, 19e6 + sign * 1e5, 1200 + sign * 2), held(GO, number, *go)]
    assert crossing(result(tuple(invocations)), PURE, GO, "peak") is None


@pytest.mark.parametrize(("head_start", "expected"), [(0.0, None), (0.5, 0.5)])
def test_lines_cross_above_zero_only(head_start: float, expected: float | None) -> None:
    crossed = crossing(lines((1000 + head_start * 1500, 1200), (1000, 2700), spread=0), PURE, GO, "peak")
    assert (crossed and crossed[0]) == expected


def test_programs_that_were_not_read_do_not_cross() -> None:
    assert crossing(result(rounds()), PURE, GO, "peak") is None


@pytest.mark.parametrize("read", [PURE, GO])
def test_a_program_does_not_cross_one_that_was_not_read(read: str) -> None:
    invocations = [
        held(program, n, 1, 1) if program == read else invocation(program=program, round=n)
        for n in range(6)
        for program in (PURE, GO)
    ]
    assert crossing(result(tuple(invocations)), PURE, GO, "peak") is None


def test_programs_without_a_common_round_do_not_cross() -> None:
    assert crossing(result((held(PURE, 0, 1, 1), held(GO, 1, 2, 0.5))), PURE, GO, "peak") is None


def test_failed_invocations_do_not_count_for_the_crossing() -> None:
    sound = lines((19e6, 1200), (2e6, 2700), spread=0).invocations
    broken = tuple(failed(round=n, program=program) for n in range(20, 30) for program in (PURE, GO))
    crossed = crossing(result(sound + broken), PURE, GO, "peak")
    assert crossed is not None
    assert math.isclose(crossed[0], 17e6 / 1500)


# --- Medians ---


def test_medians_are_of_each_metric_at_each_count_and_mark() -> None:
    invocations = []
    for number, size in enumerate((3.0, 1.0, 2.0)):
        readings = (
            Reading(count=None, mark="before", metrics={"peak": size}),
            Reading(count=None, mark="after", metrics={"peak": 10 * size, "p99": size}),
        )
        invocations.append(invocation(round=number, readings=readings))
    medians = reading_medians(result(tuple(invocations)), PURE)
    assert {place: {name: value for name, (value, _) in metrics.items()} for place, metrics in medians.items()} == {
        (None, "before"): {"peak": 2.0},
        (None, "after"): {"peak": 20.0, "p99": 2.0},
    }


def test_the_interval_of_a_reading_is_that_of_its_median() -> None:
    sizes = [float(n) for n in range(1, 21)]
    invocations = tuple(
        invocation(round=number, readings=(Reading(count=None, mark="held", metrics={"peak": size}),))
        for number, size in enumerate(sizes)
    )
    assert reading_medians(result(invocations), PURE)[None, "held"]["peak"] == (10.5, median_interval(sizes))


def test_medians_leave_controls_and_others_out() -> None:
    ordinary = held(PURE, 0, 5, 0)
    control = held(PURE, 0, 50, 0).model_copy(update={"control": True})
    other = held(GO, 0, 500, 0)
    medians = reading_medians(result((ordinary, control, other)), PURE)
    assert [metrics["peak"][0] for metrics in medians.values()] == [5, 5, 5]
    assert list(medians) == [(count, "held") for count in COUNTS]


def test_of_rates_a_speed_up_is_how_many_times_more() -> None:
    one = result(rounds({PURE: 1000.0}), better="higher")
    many = result(rounds({PURE: 1900.0}), better="higher")
    measured = speedup(one, many, PURE, ())
    assert measured is not None
    assert measured.speedup == pytest.approx(1.9, rel=0.01)
