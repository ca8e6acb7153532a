"""The queue against closed forms."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.analyse.queueing import NO_WAIT, Piece, Response, Station, Wait, delayed, percentile, percentile_in_series, wait

LOADS = st.floats(min_value=0.01, max_value=0.99)


def station(used: float, workers: int = 1, *, arrivals: float = 1.0, services: float = 1.0) -> Station:
    """Return a station whose services take a second."""
    return Station(workers, used * workers, 1.0, arrivals, services)


def mean(one: Wait) -> float:
    return one.probability * one.mean


@given(LOADS)
def test_one_worker_is_busy_as_often_as_it_is_used(used: float) -> None:
    assert delayed(1, used) == pytest.approx(used)


@given(LOADS, st.integers(min_value=1, max_value=40))
def test_the_probability_of_delay_is_erlangs(used: float, workers: int) -> None:
    load = used * workers
    terms = [load**count / math.factorial(count) for count in range(workers)]
    last = load**workers / math.factorial(workers) / (1 - used)
    assert delayed(workers, load) == pytest.approx(last / (sum(terms) + last))


@given(LOADS)
def test_poisson_and_exponential_services_wait_as_in_m_m_1(used: float) -> None:
    assert mean(wait(station(used))) == pytest.approx(used / (1 - used))


@given(LOADS, st.floats(min_value=0, max_value=10))
def test_poisson_arrivals_at_one_worker_wait_as_pollaczek_and_khinchine_say(used: float, services: float) -> None:
    assert mean(wait(station(used, services=services))) == pytest.approx(used / (1 - used) * (1 + services) / 2)


@given(LOADS, st.integers(min_value=1, max_value=20))
def test_the_wait_of_m_m_c_is_exponential(used: float, workers: int) -> None:
    one = wait(station(used, workers))
    assert one.beyond(2.0) == pytest.approx(delayed(workers, used * workers) * math.exp(-2.0 * workers * (1 - used)))


@given(LOADS)
def test_what_comes_and_is_served_at_a_constant_rate_never_waits(used: float) -> None:
    assert mean(wait(station(used, arrivals=0, services=0))) == 0


@given(LOADS, st.floats(min_value=0, max_value=4), st.floats(min_value=0, max_value=4), st.floats(min_value=0, max_value=4))
def test_more_variation_of_the_service_never_shortens_the_wait(used: float, arrivals: float, one: float, other: float) -> None:
    less, more = (mean(wait(station(used, arrivals=arrivals, services=services))) for services in sorted((one, other)))
    assert less <= more * (1 + 1e-9)


@given(st.floats(min_value=0, max_value=1), LOADS, LOADS)
def test_a_fuller_station_never_waits_less(arrivals: float, one: float, other: float) -> None:
    less, more = (mean(wait(station(used, arrivals=arrivals))) for used in sorted((one, other)))
    assert less <= more * (1 + 1e-9)


def test_bursts_wait_longer_than_independent_requests() -> None:
    assert mean(wait(station(0.5, arrivals=4))) > mean(wait(station(0.5)))


@pytest.mark.parametrize("used", [1.0, 1.5])
def test_from_full_on_a_queue_grows_without_end(used: float) -> None:
    assert wait(station(used)) == Wait(probability=1.0, mean=math.inf)
    assert delayed(1, used) == 1.0


def test_nobody_waits_where_nobody_comes() -> None:
    assert wait(station(0.0)) == NO_WAIT


# --- Response times ---


def response(one: Wait, *pieces: Piece, share: float = 1.0) -> Response:
    return Response(share=share, pieces=pieces or (Piece(1.0, 1.0, 1.0),), wait=one)


@given(st.floats(min_value=0.01, max_value=1), st.floats(min_value=0.01, max_value=10))
def test_a_constant_service_and_a_wait_have_the_percentile_of_the_wait(probability: float, seconds: float) -> None:
    found = percentile([response(Wait(probability, seconds))], 0.99)
    expected = 1 + max(0.0, seconds * math.log(probability / 0.01)) if probability > 0.01 else 1.0
    assert found == pytest.approx(expected, rel=1e-6)


def test_without_a_wait_a_percentile_is_that_of_the_pieces() -> None:
    pieces = (Piece(0.5, 0.0, 1.0), Piece(0.4, 1.0, 3.0), Piece(0.1, 3.0, 13.0))
    assert percentile([response(NO_WAIT, *pieces)], 0.25) == pytest.approx(0.5)
    assert percentile([response(NO_WAIT, *pieces)], 0.9) == pytest.approx(3.0)
    assert percentile([response(NO_WAIT, *pieces)], 0.99) == pytest.approx(12.0)


@given(st.floats(min_value=0, max_value=20), st.floats(min_value=0.05, max_value=5))
def test_a_piece_and_a_wait_are_integrated_exactly(seconds: float, each: float) -> None:
    one, count = Wait(0.7, each), 4000
    middles = [2 + 3 * (number + 0.5) / count for number in range(count)]
    summed = sum(1.0 if at > seconds else one.beyond(seconds - at) for at in middles) / count
    assert Piece(1.0, 2.0, 5.0).tail(seconds, one) == pytest.approx(summed, abs=1e-3)


def test_a_percentile_of_classes_counts_each_by_its_share() -> None:
    fast, slow = (Response(share, (Piece(1.0, at, at),), NO_WAIT) for share, at in ((0.985, 1.0), (0.015, 9.0)))
    assert percentile([fast, slow], 0.98) == pytest.approx(1.0)
    assert percentile([fast, slow], 0.99) == pytest.approx(9.0)


def test_response_times_one_after_the_other_have_the_percentiles_of_their_sum() -> None:
    # The sum of two exponential waits has the 99th percentile 6.638 times their mean.
    waits = response(Wait(1.0, 2.0), Piece(1.0, 0.0, 0.0))
    assert percentile_in_series([waits, waits], 0.99) == pytest.approx(2 * 6.638, rel=0.05)


def test_response_times_one_after_the_other_rise_with_each_of_them() -> None:
    waits = [percentile_in_series([response(Wait(0.5, each)), response(Wait(0.5, 1.0))], 0.5) for each in (1.0, 1.001, 1.1)]
    assert waits == sorted(waits)
