from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse.pairs import Pair, control_pairs, log_ratios, pairs, programs, valid_pairs, value_of, voided_share
from tests.synthetic import GO, NATIVE, PURE, STARTED, failed, invocation, result, rounds

TIMES = st.floats(min_value=1e-9, max_value=1e3)


def pair(python: dict[str, Any] | None = None, go: dict[str, Any] | None = None) -> Pair:
    return Pair(invocation(**(python or {})), invocation(**({"program": GO} | (go or {}))))


@given(TIMES, TIMES)
def test_swapping_the_sides_changes_the_sign_of_the_log_ratio(one: float, other: float) -> None:
    left, right = invocation(seconds_each=one), invocation(seconds_each=other)
    assert Pair(left, right).log_ratio == pytest.approx(-Pair(right, left).log_ratio, abs=1e-12)


def test_an_invocations_time_is_the_median_of_its_values() -> None:
    assert value_of(invocation(values=(3.0, 1.0, 100.0, 2.0))) == 2.5


def test_the_log_ratio_is_the_log_of_the_ratio_of_times() -> None:
    assert pair({"seconds_each": 0.003}, {"seconds_each": 0.001}).log_ratio == pytest.approx(math.log(3))


def test_invocations_of_the_same_round_make_a_pair() -> None:
    invocations = [invocation(round=n, program=program) for n in (2, 0, 1) for program in (PURE, GO)]
    of_rounds = pairs(result(tuple(invocations[:-1])), PURE, GO)
    assert [(pair.one.round, pair.other.round) for pair in of_rounds] == [(0, 0), (2, 2)]


def test_a_go_program_that_ran_beside_each_python_program_is_paired_by_the_invocation_beside_it() -> None:
    other = "python/native-library/cpython-3.14"
    invocations = (
        invocation(position=0, program=GO, beside=other, seconds_each=1.0),
        invocation(position=1, program=other, seconds_each=2.0),
        invocation(position=2, program=PURE, seconds_each=30.0),
        invocation(position=3, program=GO, beside=PURE, seconds_each=3.0),
    )
    measured = result(invocations)
    assert [value_of(pair.other) for name in (PURE, other) for pair in pairs(measured, name, GO)] == [3.0, 1.0]


@given(st.floats(min_value=-1e6, max_value=1e6))
def test_two_invocations_are_as_far_apart_as_their_starts_whichever_came_first(seconds: float) -> None:
    later = STARTED + timedelta(seconds=seconds)
    assert pair(go={"started": later}).apart == pytest.approx(abs(seconds), abs=1e-6)
    assert pair({"started": later}).apart == pair(go={"started": later}).apart


def test_controls_do_not_enter_ordinary_pairs() -> None:
    invocations = (
        invocation(seconds_each=1.0),
        invocation(control=True, seconds_each=9.0),
        invocation(program=GO, seconds_each=1.0),
    )
    assert log_ratios(pairs(result(invocations), PURE, GO)) == (0.0,)


def test_a_program_measured_only_as_a_control_is_not_listed() -> None:
    assert programs(result((invocation(), invocation(program=NATIVE, control=True))), "python") == (PURE,)


def test_a_failure_on_either_side_voids_the_pair() -> None:
    successful = invocation()
    assert Pair(successful, failed()).void == "failure"
    assert Pair(failed(), successful).void == "failure"
    assert Pair(successful, invocation(values=())).void == "failure"


@pytest.mark.parametrize("checksum", [43, None])
def test_another_checksum_voids_the_pair(checksum: int | None) -> None:
    assert pair({"checksum": 42}, {"checksum": checksum}).void == "checksum"


@pytest.mark.parametrize(
    ("python", "go", "void"), [(0.01, 0.01, None), (0.021, 0.0, "steal"), (0.0, 0.021, "steal"), (0.019, 0.0, None)]
)
def test_more_than_one_per_cent_of_steal_over_both_voids_the_pair(python: float, go: float, void: str | None) -> None:
    assert pair({"steal": python, "seconds": 0.5}, {"steal": go, "seconds": 0.5}).void == void


def test_steal_is_weighted_by_the_time_of_each_invocation() -> None:
    assert pair({"steal": 0.08, "seconds": 0.1}, {"steal": 0.0, "seconds": 0.9}).steal == pytest.approx(0.008)


def test_nothing_was_taken_of_no_time() -> None:
    instant = {"seconds": 0.0, "steal": 0.5, "foreign": 0.5}
    assert (pair(instant, instant).steal, pair(instant, instant).foreign) == (0.0, 0.0)


@given(TIMES, TIMES)
def test_no_time_voids_a_pair(one: float, other: float) -> None:
    assert pair({"seconds_each": one}, {"seconds_each": other}).void is None


def test_voided_pairs_are_counted_by_reason() -> None:
    all_pairs = (pair(), pair(go={"checksum": 1}), pair({"steal": 0.5}), pair())
    assert voided_share(all_pairs, "steal") == 0.25
    assert valid_pairs(all_pairs) == (all_pairs[0], all_pairs[3])


def test_nothing_is_voided_of_no_pairs() -> None:
    assert voided_share((), "steal") == 0.0


def test_control_pairs_are_of_one_program_and_one_round() -> None:
    aa_pairs = control_pairs(result(rounds(controls=(GO,))), GO, seed=7)
    assert len(aa_pairs) == 20
    assert all(pair.one.round == pair.other.round for pair in aa_pairs)
    assert all({pair.one.control, pair.other.control} == {True, False} for pair in aa_pairs)


def test_a_control_is_paired_with_the_invocation_nearest_to_it() -> None:
    invocations = (
        invocation(position=0, program=GO, beside="python/native-library/cpython-3.14"),
        invocation(position=3, program=GO, beside=PURE),
        invocation(position=4, program=GO, control=True),
    )
    (pair,) = control_pairs(result(invocations), GO, seed=7)
    assert {pair.one.position, pair.other.position} == {3, 4}


def test_labels_of_control_pairs_are_drawn_both_ways_and_again_the_same() -> None:
    measured = result(rounds(controls=(GO,)))
    labels = [pair.one.control for pair in control_pairs(measured, GO, seed=7)]
    assert 4 <= sum(labels) <= 16
    assert labels == [pair.one.control for pair in control_pairs(measured, GO, seed=7)]
    assert labels != [pair.one.control for pair in control_pairs(measured, GO, seed=8)]
