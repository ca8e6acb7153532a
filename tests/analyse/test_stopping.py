from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse.stopping import enough, enough_for, max_published_half_width, stolen_limit
from bench.catalog.model import MIN_HTTP_PAIRS, MIN_PAIRS
from tests.synthetic import GO, GO_LIBRARY, NATIVE, PURE, failed, invocation, plan, result, rounds

NOISY = 0.2


def spread(ratio: float, half_width: float, count: int = 20) -> list[float]:
    """Return log ratios that lie half a width below and above a centre, so that the interval is exactly that wide."""
    return [math.log(ratio) + (-1) ** n * math.log1p(half_width) for n in range(count)]


@pytest.mark.parametrize(
    ("ratio", "half_width", "expected"),
    [
        (38, 0.0199, True),
        (38, 0.0201, False),
        (1.5, 0.0099, True),
        (1.5, 0.0101, False),
        (1.95, 0.0101, False),
        (0.6, 0.0101, False),
        (0.4, 0.0199, True),
    ],
)
def test_the_half_width_that_is_enough_depends_on_the_ratio(ratio: float, half_width: float, *, expected: bool) -> None:
    assert enough(spread(ratio, half_width), plan()) is expected


@pytest.mark.parametrize(
    ("ratio", "half_width", "expected"),
    [(38, 0.0999, True), (38, 0.1001, False), (1.5, 0.0499, True), (1.5, 0.0501, False)],
)
def test_where_wider_intervals_are_published_wider_ones_are_enough_in_proportion(
    ratio: float, half_width: float, *, expected: bool
) -> None:
    assert enough(spread(ratio, half_width), plan(), max_half_width=0.25) is expected


def test_a_results_own_limit_decides_what_is_enough() -> None:
    invocations = rounds({PURE: 1e-2, GO: 1e-3}, noise=0.05)
    assert not enough_for(result(invocations), plan())
    assert enough_for(result(invocations, max_half_width=0.25), plan())


def test_a_benchmark_of_sixty_pairs_is_published_up_to_its_own_limit() -> None:
    assert max_published_half_width(0.05, MIN_PAIRS) == 0.05


def test_a_benchmark_of_nine_pairs_is_published_as_wide_as_the_scatter_of_sixty_makes_nine() -> None:
    assert max_published_half_width(0.10, MIN_HTTP_PAIRS) == pytest.approx(0.10 * math.sqrt(60 / 9))


@given(st.integers(min_value=0, max_value=14))
def test_fewer_than_the_plans_fewest_pairs_are_never_enough(count: int) -> None:
    assert not enough([1.0] * count, plan())


@given(st.lists(st.floats(min_value=-5, max_value=5), min_size=60, max_size=80))
def test_the_most_pairs_are_always_enough(d: list[float]) -> None:
    assert enough(d, plan())


def test_a_smoke_plan_stops_at_its_pairs_without_an_interval() -> None:
    assert enough([0.0, 1.0, 2.0, 3.0, 4.0], plan(profile="smoke", min_pairs=5, max_pairs=5))


def test_before_the_first_round_nothing_is_enough() -> None:
    assert not enough_for(result(()), plan())


def test_quiet_programs_stop_at_the_fewest_pairs() -> None:
    assert not enough_for(result(rounds(count=14, noise=0.001)), plan())
    assert enough_for(result(rounds(count=15, noise=0.001)), plan())


def test_one_noisy_python_program_keeps_the_benchmark_going() -> None:
    quiet = rounds({PURE: 1e-2, GO: 1e-3}, noise=0.001)
    noisy = rounds({NATIVE: 1e-2}, noise=NOISY)
    assert enough_for(result(quiet), plan())
    assert not enough_for(result(quiet + noisy), plan())


def test_a_noisy_library_of_go_does_not_keep_it_going() -> None:
    quiet = rounds({PURE: 1e-2, GO: 1e-3}, noise=0.001)
    assert enough_for(result(quiet + rounds({GO_LIBRARY: 1e-3}, noise=NOISY)), plan())


def test_a_library_of_go_counts_where_there_is_no_standard_library() -> None:
    quiet = rounds({PURE: 1e-2}, noise=0.001)
    assert not enough_for(result(quiet + rounds({GO_LIBRARY: 1e-3}, noise=NOISY)), plan())


def test_a_program_that_keeps_failing_counts_as_done() -> None:
    quiet = rounds({PURE: 1e-2, GO: 1e-3}, noise=0.001)
    failures = tuple(failed(round=n, program=NATIVE) for n in range(20))
    assert enough_for(result(quiet + failures), plan())


@pytest.mark.parametrize(("failures", "expected"), [(2, False), (3, True)])
def test_a_program_keeps_failing_when_its_last_three_invocations_did(failures: int, *, expected: bool) -> None:
    quiet = rounds({PURE: 1e-2, GO: 1e-3}, noise=0.001)
    noisy = rounds({NATIVE: 1e-2}, count=20 - failures, noise=NOISY)
    failing = tuple(failed(round=n, program=NATIVE) for n in range(20 - failures, 20))
    assert enough_for(result(quiet + noisy + failing), plan()) is expected


def test_a_program_that_fails_now_and_then_is_measured_further() -> None:
    quiet = rounds({PURE: 1e-2, GO: 1e-3}, noise=0.001)
    now_and_then = tuple(
        failed(round=n, program=NATIVE) if n in {3, 9, 19} else invocation(round=n, program=NATIVE) for n in range(20)
    )
    assert enough_for(result(quiet + now_and_then), plan())
    assert not enough_for(result(quiet + now_and_then), plan(min_pairs=18))


def test_answers_that_differ_count_as_done() -> None:
    quiet = rounds({PURE: 1e-2, GO: 1e-3}, noise=0.001)
    other = tuple(invocation(round=n, program=NATIVE, checksum=7) for n in range(20))
    assert enough_for(result(quiet + other), plan())


def test_a_go_program_that_keeps_failing_counts_as_done() -> None:
    failures = tuple(failed(round=n, program=GO) for n in range(20))
    noisy = rounds({PURE: 1e-2}, noise=NOISY)
    assert enough_for(result(noisy + failures), plan())


@pytest.mark.parametrize("changes", [{"steal": 0.5}, {"foreign": 0.5}])
@pytest.mark.parametrize(("spoiled", "expected"), [(1, True), (2, False)])
def test_a_precise_ratio_is_measured_further_while_more_than_five_per_cent_of_its_pairs_are_void(
    changes: dict[str, float], spoiled: int, *, expected: bool
) -> None:
    invocations = rounds({PURE: 1e-2, GO: 1e-3}, count=20, noise=0.001)
    voided = tuple(each.model_copy(update=changes) if each.round < spoiled else each for each in invocations)
    assert enough_for(result(voided), plan()) is expected


def test_a_third_of_the_most_rounds_is_rounded_down() -> None:
    smoke = plan(profile="smoke", min_pairs=5, max_pairs=5)
    stolen = tuple(each.model_copy(update={"steal": 0.5}) for each in rounds({PURE: 1e-2, GO: 1e-3}, count=6))
    assert not enough_for(result(tuple(each for each in stolen if each.round < 5)), smoke)
    assert enough_for(result(stolen), smoke)


def test_pairs_lost_to_steal_are_made_up_for() -> None:
    invocations = rounds({PURE: 1e-2, GO: 1e-3}, count=20, noise=0.001)
    stolen = [each.model_copy(update={"steal": 0.5}) if each.round < 1 else each for each in invocations]
    fifteen = [each for each in stolen if each.round < 15]
    assert not enough_for(result(tuple(fifteen)), plan(profile="quick", max_pairs=15))
    assert enough_for(result(tuple(stolen)), plan(profile="quick", max_pairs=15))


def test_rounds_end_at_a_third_above_the_most_pairs_whatever_happens() -> None:
    stolen = tuple(each.model_copy(update={"steal": 0.5}) for each in rounds({PURE: 1e-2, GO: 1e-3}, count=80))
    assert not enough_for(result(tuple(each for each in stolen if each.round < 79)), plan())
    assert enough_for(result(stolen), plan())


def test_servers_stop_at_the_fewest_rounds_of_servers_where_these_are_quiet() -> None:
    few = plan(min_http_rounds=6)
    assert not enough_for(result(rounds({PURE: 1e-2, GO: 1e-3}, count=5, noise=0.001), min_pairs=6), few)
    assert enough_for(result(rounds({PURE: 1e-2, GO: 1e-3}, count=6, noise=0.001), min_pairs=6), few)


def test_noisy_servers_stop_at_half_as_many_rounds_again() -> None:
    noisy = rounds({PURE: 1e-2, GO: 1e-3}, count=9, noise=NOISY)
    assert not enough_for(result(tuple(one for one in noisy if one.round < 8), min_pairs=6), plan(min_http_rounds=6))
    assert enough_for(result(noisy, min_pairs=6), plan(min_http_rounds=6))


def test_of_few_pairs_a_quarter_may_be_voided() -> None:
    assert (stolen_limit(15), stolen_limit(6)) == (0.05, 0.25)
