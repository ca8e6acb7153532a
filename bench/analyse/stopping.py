"""When a benchmark has been measured enough: the stopping rule, which the measure stage applies after each round."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, sqrt
from statistics import median

from bench.analyse.intervals import half_width, median_interval
from bench.analyse.pairs import Pair, failed, invocations_by_round, log_ratios, pairs, programs, voided_share
from bench.catalog.model import MAX_HALF_WIDTH, MIN_PAIRS
from bench.records.profiles import PROFILES, pair_limits
from bench.records.run import BenchmarkResult, Plan

HALF_WIDTH = 0.02
HALF_WIDTH_NEAR_ONE = 0.01
NEAR_ONE = 2.0
"""Ratios within this factor of 1 have to be more precise: there the sign is in question."""
STOLEN_LIMIT = 0.05
"""Share of pairs voided for steal, or for what others used, above which a ratio is not published..."""
STOLEN_LIMIT_HTTP = 0.25
"""...and where it rests on few and long pairs, as of web servers: one alone is more than 5 % of them."""
STANDARD = "go/standard-library"
GIVE_UP = 3
"""Failures in a row after which a program counts as one that always fails."""


def max_published_half_width(max_half_width: float, min_pairs: int) -> float:
    """Return the largest half-width to publish of a benchmark that needs `min_pairs` pairs; docs/decisions/intervals.md.

    `max_half_width` is for the most pairs that a full run makes. Where a benchmark may have fewer, the same scatter gives an
    interval that is wider by the root of the quotient.
    """
    full = PROFILES["full"]
    _, most = pair_limits(full, min_pairs)
    return max_half_width * sqrt(full.max_pairs / most)


def enough(d: Sequence[float], plan: Plan, max_half_width: float = MAX_HALF_WIDTH, min_pairs: int = MIN_PAIRS) -> bool:
    """Whether the median of the valid pairs' log ratios is precise enough, or they are as many as the plan allows.

    Enough is a half-width of at most 2 %, or 1 % where the ratio is between 1/2 and 2; in proportion more where wider
    intervals are published.
    """
    least, most = pair_limits(plan, min_pairs)
    if len(d) >= most:
        return True
    if len(d) < least:
        return False
    limit = HALF_WIDTH_NEAR_ONE if abs(median(d)) < log(NEAR_ONE) else HALF_WIDTH
    return half_width(median_interval(d)) <= limit * max_half_width / MAX_HALF_WIDTH


def enough_for(result: BenchmarkResult, plan: Plan, headline: str = STANDARD) -> bool:
    """Whether the benchmark needs no further round.

    Every Python program's ratio to Go's standard library, and to the headline's Go program, has to be narrow enough; to every Go
    program's, where there is neither. A program that keeps failing and a pair of programs whose answers differ count as done,
    since more rounds cannot mend them. Pairs voided for steal, or for what other processes used, are made up for, by at most a
    third more rounds than the plan's most pairs.
    """
    rounds = len({invocation.round for invocation in result.invocations})
    least, most = pair_limits(plan, result.min_pairs)
    if rounds >= most + most // 3:
        return True
    every_go = programs(result, "go")
    counterparts = [go for go in every_go if go in (STANDARD, headline)] or every_go
    working = [python for python in programs(result, "python") if not _failing(result, python)]
    comparisons = [pairs(result, python, go) for python in working for go in counterparts if not _failing(result, go)]
    return rounds >= least and all(_done(all_pairs, plan, result) for all_pairs in comparisons)


def _done(all_pairs: Sequence[Pair], plan: Plan, result: BenchmarkResult) -> bool:
    """Whether one ratio needs no further round."""
    if any(pair.void == "checksum" for pair in all_pairs):
        return True
    precise = enough(log_ratios(all_pairs), plan, result.max_half_width, result.min_pairs)
    voided = max(voided_share(all_pairs, "steal"), voided_share(all_pairs, "foreign"))
    return precise and voided <= stolen_limit(result.min_pairs)


def stolen_limit(min_pairs: int) -> float:
    """Return the share of pairs that may be voided for steal, or for what others used, where `min_pairs` pairs are needed."""
    return STOLEN_LIMIT if min_pairs >= MIN_PAIRS else STOLEN_LIMIT_HTTP


def _failing(result: BenchmarkResult, program: str) -> bool:
    """Whether the program's latest invocations all failed."""
    latest = list(invocations_by_round(result, program).values())[-GIVE_UP:]
    return len(latest) == GIVE_UP and all(failed(invocation) for invocation in latest)
