"""Programs of one language compared with each other, in the rounds of one benchmark."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from bench.analyse.flags import ordered, sample_flags
from bench.analyse.intervals import CONFIDENCE, full_range_confidence, median_interval
from bench.analyse.load import FULL_MACHINE
from bench.analyse.pairs import failed, invocations_by_round, value_of
from bench.analyse.ratios import exponential
from bench.analyse.records import ProgramEstimate, SameLanguageComparison
from bench.catalog.model import MAX_HALF_WIDTH_SHARED
from bench.records.run import BenchmarkResult, Invocation

VALUE = "value"
OF_THE_VALUE = ("wide-interval", "load", FULL_MACHINE)
"""Kinds of flags that say nothing of other metrics."""


def same_language(
    result: BenchmarkResult, program: str, rival: str, metric: str, estimates: Sequence[ProgramEstimate]
) -> SameLanguageComparison | None:
    """Return how many times a program is ahead of another one of its language, from the rounds that have both.

    `metric` is "value", the benchmark's own, or a reading, as "start.proportional", of which less is better. `estimates` are both
    programs': their flags hold for the comparison too; those of width and load only where it is of the value. None where no round
    has the metric of both programs.
    """
    own, rivals = invocations_by_round(result, program), invocations_by_round(result, rival)
    in_both = [number for number in own if number in rivals and _has(own[number], metric) and _has(rivals[number], metric)]
    if not in_both:
        return None
    sign = -1.0 if metric == VALUE and result.better == "higher" else 1.0
    d = [sign * math.log(_metric(rivals[number], metric) / _metric(own[number], metric)) for number in in_both]
    interval = exponential(median_interval(d, min(CONFIDENCE, full_range_confidence(len(d)))))
    inherited = [flag for estimate in estimates for flag in estimate.flags if metric == VALUE or flag.kind not in OF_THE_VALUE]
    max_half_width = result.max_half_width if metric == VALUE else MAX_HALF_WIDTH_SHARED
    flags = ordered((*inherited, *sample_flags("rounds", len(d), interval, max_half_width, result.min_pairs)))
    return SameLanguageComparison(program=program, rival=rival, ahead=math.exp(median(d)), interval=interval, flags=flags)


def _has(invocation: Invocation, metric: str) -> bool:
    mark, _, name = metric.rpartition(".")
    read = any(reading.mark == mark and name in reading.metrics for reading in invocation.readings)
    return not failed(invocation) and (metric == VALUE or read)


def _metric(invocation: Invocation, metric: str) -> float:
    if metric == VALUE:
        return value_of(invocation)
    mark, _, name = metric.rpartition(".")
    return next(reading.metrics[name] for reading in invocation.readings if reading.mark == mark)
