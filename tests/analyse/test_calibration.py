"""Whether the method keeps its promises on synthetic noise of which the truth is known. Every seed is fixed.

Noise is in ln(time) of an invocation. "Quiet" is log-normal; "spikes" adds to every tenth invocation a one-sided delay, as a
noisy neighbour does; "drift" adds a random walk towards the mean that both members of a pair share but for the few
steps between them. "Realistic" is all three at once, of the size seen on a virtual machine with neighbours.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from bench.analyse.intervals import median_interval, median_rank
from bench.analyse.ratios import EQUIVALENCE, exponential, outcome
from bench.analyse.stopping import HALF_WIDTH, HALF_WIDTH_NEAR_ONE, enough
from tests.synthetic import plan

Array = NDArray[np.float64]

TRIALS = 2000
PLANTED = 1.03
PLANTED_FOUND = 0.90
PLAN = plan()
NOISE = {
    "quiet": {"scatter": 0.01},
    "spikes": {"scatter": 0.01, "spikes": 0.15},
    "drift": {"scatter": 0.005, "drift": 0.03},
    "realistic": {"scatter": 0.01, "spikes": 0.1, "drift": 0.02},
}


def noise(trials: int, length: int, seed: int, scatter: float, spikes: float = 0.0, drift: float = 0.0) -> Array:
    """Return ln(time) of consecutive invocations that all take the same time but for the noise; shape (trials, length)."""
    rng = np.random.default_rng(seed)
    wander = np.empty((trials, length))
    level = rng.normal(0, drift, trials)
    for step in range(length):
        wander[:, step] = level
        level = 0.97 * level + rng.normal(0, drift * math.sqrt(1 - 0.97**2), trials)
    delayed = rng.random((trials, length)) < 0.1
    return wander + rng.normal(0, scatter, (trials, length)) + delayed * rng.exponential(spikes, (trials, length))


def interleaved(series: Array, seed: int) -> Array:
    """Return the pairs' log ratios when each pair is two neighbours in random order."""
    swapped = np.random.default_rng(seed).random((series.shape[0], series.shape[1] // 2)) < 0.5
    forth = series[:, ::2] - series[:, 1::2]
    return np.where(swapped, -forth, forth)


def rounds_apart(series: Array, length: int, seed: int) -> Array:
    """Return the pairs' log ratios when each is two of a round of `length` invocations, in random order, with others between."""
    trials, rounds = series.shape[0], series.shape[1] // length
    places = np.random.default_rng(seed).permuted(np.tile(np.arange(length), (trials * rounds, 1)), axis=1)[:, :2]
    each = series.reshape(trials * rounds, length)
    drawn = np.take_along_axis(each, places, axis=1)
    return (drawn[:, 0] - drawn[:, 1]).reshape(trials, rounds)


def in_blocks(series: Array) -> Array:
    """Return the log ratios when one program is measured after the other."""
    half = series.shape[1] // 2
    return series[:, :half] - series[:, half:]


def bounds(d: Array) -> tuple[Array, Array]:
    """Return the ends of `median_interval` of each row."""
    rank, _ = median_rank(d.shape[1])
    ordered = np.sort(d, axis=1)
    return ordered[:, rank - 1], ordered[:, -rank]


def stopped(d: Array, limit: float) -> tuple[Array, Array, NDArray[np.int64]]:
    """Return the ends of each row's interval, and its pairs, when it first is within the limit or the pairs run out."""
    low, high = bounds(d[:, : PLAN.max_pairs])
    used = np.full(len(d), PLAN.max_pairs)
    for count in range(PLAN.max_pairs - 1, PLAN.min_pairs - 1, -1):
        lower, higher = bounds(d[:, :count])
        narrow = (higher - lower) / 2 <= math.log1p(limit)
        low, high, used = np.where(narrow, lower, low), np.where(narrow, higher, high), np.where(narrow, count, used)
    return low, high, used


def coverage(low: Array, high: Array, truth: float = 0.0) -> float:
    return float(np.mean((low <= truth) & (truth <= high)))


def shown_slower(low: Array, high: Array) -> float:
    """Return the share of trials whose outcome is "go faster"; see `outcome`."""
    return float(np.mean((low > 0) & (high > math.log(EQUIVALENCE))))


def test_the_vectorised_interval_and_stop_are_those_of_the_site() -> None:
    d = interleaved(noise(20, 120, 1, **NOISE["realistic"]), 2)
    low, high, used = stopped(d, HALF_WIDTH_NEAR_ONE)
    for row, values in enumerate(d.tolist()):
        pairs = next(n for n in range(1, 61) if enough(values[:n], PLAN))
        interval = median_interval(values[:pairs])
        assert (used[row], low[row], high[row]) == (pairs, interval.low, interval.high)
        assert shown_slower(low[row : row + 1], high[row : row + 1]) == (outcome(exponential(interval)) == "go faster")


@pytest.mark.parametrize("kind", NOISE)
@pytest.mark.parametrize("count", [15, 20, 30, 60])
def test_the_interval_covers_the_truth_in_93_to_99_per_cent(kind: str, count: int) -> None:
    low, high = bounds(interleaved(noise(TRIALS, 2 * count, 10 + count, **NOISE[kind]), 3))
    assert 0.93 <= coverage(low, high) <= 0.99


@pytest.mark.parametrize("kind", NOISE)
@pytest.mark.parametrize("count", [6, 9])
def test_few_rounds_of_sixteen_servers_cover_the_truth_with_others_between_the_two(kind: str, count: int) -> None:
    low, high = bounds(rounds_apart(noise(TRIALS, 16 * count, 30 + count, **NOISE[kind]), 16, 4))
    assert 0.93 <= coverage(low, high) <= 0.99


@pytest.mark.parametrize("kind", NOISE)
@pytest.mark.parametrize("limit", [HALF_WIDTH, HALF_WIDTH_NEAR_ONE])
def test_stopping_when_the_interval_is_narrow_keeps_the_coverage(kind: str, limit: float) -> None:
    low, high, _ = stopped(interleaved(noise(TRIALS, 120, 5, **NOISE[kind]), 6), limit)
    assert 0.93 <= coverage(low, high) <= 0.99


@pytest.mark.parametrize("kind", NOISE)
def test_a_planted_slowdown_of_three_per_cent_is_found_in_nine_of_ten_trials(kind: str) -> None:
    d = interleaved(noise(TRIALS, 120, 7, **NOISE[kind]), 8) + math.log(PLANTED)
    low, high, _ = stopped(d, HALF_WIDTH_NEAR_ONE)
    assert shown_slower(low, high) >= PLANTED_FOUND


@pytest.mark.parametrize("kind", NOISE)
def test_no_slowdown_is_found_where_none_was_planted(kind: str) -> None:
    low, high, _ = stopped(interleaved(noise(TRIALS, 120, 9, **NOISE[kind]), 10), HALF_WIDTH_NEAR_ONE)
    assert shown_slower(low, high) + shown_slower(-high, -low) <= 0.05


@pytest.mark.parametrize("count", [15, 30, 60])
@pytest.mark.parametrize("kind", ["drift", "realistic"])
def test_measuring_one_program_after_the_other_fails_under_drift(kind: str, count: int) -> None:
    low, high = bounds(in_blocks(noise(TRIALS, 2 * count, 11, **NOISE[kind])))
    assert coverage(low, high) < 0.80
