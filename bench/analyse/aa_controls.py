"""The score of the A/A controls: programs measured against themselves, where the true ratio is 1."""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import median

from bench.analyse.distributions import binomial_tail
from bench.analyse.intervals import CONFIDENCE, median_interval
from bench.analyse.pairs import control_pairs, log_ratios
from bench.analyse.records import ControlInterval, ControlScore, Flag
from bench.analyse.stopping import max_published_half_width
from bench.catalog.model import MAX_HALF_WIDTH
from bench.records.run import BenchmarkResult, Run

ENOUGH = 40
"""Intervals needed to judge the share that contains 1."""
CONTAIN_SHARE = 35 / 40
DEVIATION = 0.005
"""Limit of the median |ln ratio| where intervals of 5 % are published; in proportion more where wider ones are."""
UNLIKELY = 0.001
"""Probability below which a sound harness does not give so few intervals that contain 1."""


def intervals(run: Run, result: BenchmarkResult) -> tuple[ControlInterval, ...]:
    """Return the intervals of the A/A controls of one benchmark of a run."""
    limit = max_published_half_width(result.max_half_width, result.min_pairs)
    measured = []
    for program in sorted({invocation.program for invocation in result.invocations if invocation.control}):
        for block in blocks(log_ratios(control_pairs(result, program, run.plan.seed)), result.min_pairs):
            deviation = abs(median(block)) * MAX_HALF_WIDTH / limit
            measured.append(ControlInterval(contains_one=median_interval(block).contains(0.0), deviation=deviation))
    return tuple(measured)


def score(measured: Iterable[ControlInterval]) -> ControlScore:
    """Return the score of the A/A controls of one run, or of several runs together."""
    taken = list(measured)
    contain = sum(interval.contains_one for interval in taken)
    deviation = median(interval.deviation for interval in taken) if taken else math.nan
    return ControlScore(
        intervals=len(taken), contain_one=contain, median_deviation=deviation, flags=judge(len(taken), contain, deviation)
    )


def blocks(d: tuple[float, ...], min_pairs: int) -> list[tuple[float, ...]]:
    """Split log ratios into as many consecutive blocks of at least `min_pairs` as possible, of equal length to within one.

    A control's interval rests on as many pairs as a published ratio's does.
    """
    count = len(d) // min_pairs
    return [d[len(d) * i // count : len(d) * (i + 1) // count] for i in range(count)]


def judge(intervals: int, contain: int, deviation: float) -> tuple[Flag, ...]:
    """Return the blocker of a harness that fails its A/A controls, or the warning that there are too few to judge it by.

    Fewer than 40 intervals block only what a sound harness would give with a probability below 0.1 %.
    """
    counts = f"{contain} of {intervals} control intervals contain 1"
    if intervals >= ENOUGH:
        if contain < CONTAIN_SHARE * intervals:
            return (Flag(kind="controls", blocker=True, message=f"Only {counts}; at least 35 of each 40 have to."),)
        if deviation >= DEVIATION:
            message = f"Programs measured against themselves are off by {deviation:.2%} in the median; 0.5 % is the limit."
            return (Flag(kind="controls", blocker=True, message=message),)
        return ()
    probability = binomial_tail(contain, intervals, CONFIDENCE)
    if intervals and probability < UNLIKELY:
        message = f"Only {counts}, which a sound harness gives with a chance of {probability:.1g}."
        return (Flag(kind="controls", blocker=True, message=message),)
    message = f"The run has {intervals} control intervals; {ENOUGH} are needed to judge the harness by them."
    return (Flag(kind="few-controls", blocker=False, message=message),)
