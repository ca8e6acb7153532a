"""What others used of the CPUs voids pairs as steal does, and blocks a program's own value; clocks that went back warn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bench.analyse.estimates import estimate
from bench.analyse.flags import clock_flags, foreign_flags
from bench.analyse.pairs import Pair, voided_share
from bench.analyse.records import ControlScore, Flag
from bench.analyse.stopping import enough_for
from bench.records.run import Invocation
from tests.synthetic import GO, NATIVE, PURE, STARTED, invocation, plan, result, rounds, run

SOUND = ControlScore(intervals=40, contain_one=39, median_deviation=0.001, flags=())
QUIET = rounds({PURE: 1e-2, GO: 1e-3}, count=20, noise=0.001)


def pair(python: float | None, go: float | None, **changes: Any) -> Pair:
    return Pair(invocation(foreign=python, **changes), invocation(program=GO, foreign=go, **changes))


def disturbed(share: float | None, chosen: Callable[[Invocation], bool]) -> tuple[Invocation, ...]:
    """Return quiet rounds in which others used that share of the CPUs of some invocations."""
    return tuple(one.model_copy(update={"foreign": share if chosen(one) else 0.0}) for one in QUIET)


@pytest.mark.parametrize(
    ("python", "go", "void"),
    [(0.01, 0.01, None), (0.021, 0.0, "foreign"), (0.0, 0.021, "foreign"), (0.019, 0.0, None), (0.021, None, "foreign")],
)
def test_more_than_one_per_cent_over_both_voids_the_pair(python: float, go: float | None, void: str | None) -> None:
    assert pair(python, go, seconds=0.5).void == void


def test_it_is_weighted_by_the_time_of_each_invocation() -> None:
    weighted = Pair(invocation(foreign=0.08, seconds=0.1), invocation(program=GO, foreign=0.0, seconds=0.9))
    assert weighted.foreign == pytest.approx(0.008)


def test_what_nobody_knows_counts_as_nothing() -> None:
    assert (pair(None, None).foreign, pair(None, None).void) == (0.0, None)


def test_a_pair_that_was_stolen_as_well_is_void_for_that() -> None:
    assert pair(0.5, 0.5, steal=0.5).void == "steal"


def test_each_reason_is_counted_apart() -> None:
    all_pairs = (pair(0.0, 0.0), pair(0.5, 0.0), pair(0.0, 0.0, steal=0.5), pair(0.5, 0.5))
    assert (voided_share(all_pairs, "foreign"), voided_share(all_pairs, "steal")) == (0.5, 0.25)


def blockers(flags: tuple[Flag, ...]) -> list[str]:
    return [flag.kind for flag in flags if flag.blocker]


@pytest.mark.parametrize(("spoiled", "kinds"), [(1, []), (2, ["foreign"])])
def test_a_ratio_is_blocked_from_more_than_five_per_cent_of_its_pairs(spoiled: int, kinds: list[str]) -> None:
    invocations = disturbed(0.5, lambda one: one.round < spoiled)
    ratio = estimate(run(), result(invocations), SOUND).ratio(PURE, GO)
    assert ratio is not None
    assert (blockers(ratio.flags), ratio.pairs, ratio.voided) == (kinds, 20 - spoiled, spoiled)


@pytest.mark.parametrize(("spoiled", "kinds"), [(1, []), (2, ["foreign"])])
def test_a_programs_value_is_blocked_from_more_than_five_per_cent_of_its_invocations(spoiled: int, kinds: list[str]) -> None:
    invocations = disturbed(0.5, lambda one: one.program == PURE and one.round < spoiled)
    programs = estimate(run(), result(invocations), SOUND).programs
    assert (blockers(programs[PURE].flags), blockers(programs[GO].flags)) == (kinds, [])


@pytest.mark.parametrize(("spoiled", "kinds"), [(2, []), (3, ["foreign"])])
def test_of_few_invocations_a_quarter_may_be_spoiled(spoiled: int, kinds: list[str]) -> None:
    invocations = [invocation(foreign=0.5 if number < spoiled else 0.0) for number in range(8)]
    assert blockers(foreign_flags(PURE, invocations, min_pairs=6)) == kinds


def test_a_ratio_is_not_blocked_by_a_program_whose_pairs_are_sound() -> None:
    invocations = disturbed(0.012, lambda one: one.program == PURE)  # 0.6 % over both
    estimated = estimate(run(), result(invocations), SOUND)
    ratio = estimated.ratio(PURE, GO)
    assert ratio is not None
    assert (blockers(ratio.flags), blockers(estimated.programs[PURE].flags)) == ([], ["foreign"])


def test_one_per_cent_of_an_invocation_is_allowed() -> None:
    assert foreign_flags(PURE, [invocation(foreign=0.01)] * 20) == ()


def test_pairs_that_others_spoiled_are_made_up_for() -> None:
    spoiled = disturbed(0.5, lambda one: one.round < 1)
    fifteen = tuple(one for one in spoiled if one.round < 15)
    assert not enough_for(result(fifteen), plan(profile="quick", max_pairs=15))
    assert enough_for(result(spoiled), plan(profile="quick", max_pairs=15))


def test_a_run_that_does_not_know_is_published_as_before() -> None:
    unknown = tuple(one.model_copy(update={"foreign": None}) for one in QUIET)
    assert estimate(run(), result(unknown), SOUND) == estimate(run(), result(disturbed(0.0, lambda _: True)), SOUND)


# --- The clock ---


def started(*seconds: float) -> tuple[Invocation, ...]:
    """Return invocations of one round, each with the time of its start."""
    times = [STARTED + timedelta(seconds=second) for second in seconds]
    programs = (PURE, GO, NATIVE)
    return tuple(invocation(program=programs[place], position=place, started=time) for place, time in enumerate(times))


def test_an_invocation_that_began_before_the_one_before_it_is_flagged() -> None:
    (flag,) = clock_flags(result(started(0, 3, 2)))
    assert (flag.kind, flag.blocker) == ("clock", False)
    assert "before 1 of 3 invocations" in flag.message


@pytest.mark.parametrize("seconds", [(0, 1, 2), (0, 0, 0), ()])
def test_a_clock_that_goes_on_is_not_flagged(seconds: tuple[float, ...]) -> None:
    assert clock_flags(result(started(*seconds))) == ()


def test_the_order_is_that_of_rounds_and_positions_not_that_of_the_file() -> None:
    assert clock_flags(result(tuple(reversed(started(0, 1, 2))))) == ()


def test_every_number_of_such_a_result_carries_the_warning() -> None:
    back = tuple(one.model_copy(update={"started": STARTED - timedelta(seconds=one.round)}) for one in QUIET)
    estimated = estimate(run(), result(back), SOUND)
    ratio = estimated.ratio(PURE, GO)
    assert ratio is not None
    flags = [ratio.flags, *(program.flags for program in estimated.programs.values())]
    assert all("clock" in [flag.kind for flag in one] for one in flags)
