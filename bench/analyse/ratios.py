"""Ratios of Python to Go from pairs, their outcomes, and their outcomes adjusted for the number of ratios on a page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean, median

from bench.analyse.distributions import binomial_tail
from bench.analyse.intervals import CONFIDENCE, full_range_confidence, median_interval, trimmed_interval
from bench.analyse.pairs import Pair, log_ratios, valid_pairs
from bench.analyse.records import Interval, Outcome, Ratio

EQUIVALENCE = 1.03
"""A ratio whose interval lies within this factor of 1 is no difference that a service would notice."""
LARGE = 1.25
"""A ratio whose interval lies beyond this factor of 1 is a large difference: not one of chance, however many are compared."""

NO_INTERVAL = Interval(low=math.nan, high=math.nan, confidence=0.0)


def ratio(python: str, go: str, all_pairs: Sequence[Pair]) -> Ratio:
    """Return the ratio of two programs from all their pairs, without flags.

    With fewer than 6 pairs the interval spans all of them, at the confidence that it then has.
    """
    valid = valid_pairs(all_pairs)
    d = log_ratios(valid)
    interval = exponential(median_interval(d, min(CONFIDENCE, full_range_confidence(len(d))))) if d else NO_INTERVAL
    return Ratio(
        python=python,
        go=go,
        pairs=len(d),
        voided=len(all_pairs) - len(d),
        ratio=math.exp(median(d)) if d else math.nan,
        interval=interval,
        trimmed=exponential(trimmed_interval(d)) if len(d) > 1 else NO_INTERVAL,
        mean_ratio=_mean_ratio(valid) if d else math.nan,
        p_value=sign_test(d),
        outcome=outcome(interval),
        flags=(),
    )


def _mean_ratio(valid: Sequence[Pair]) -> float:
    ratio_of_means = fmean(fmean(pair.one.values) for pair in valid) / fmean(fmean(pair.other.values) for pair in valid)
    return 1 / ratio_of_means if valid[0].higher else ratio_of_means


def exponential(interval: Interval) -> Interval:
    """Return the interval of ratios that an interval of log ratios stands for."""
    return Interval(low=math.exp(interval.low), high=math.exp(interval.high), confidence=interval.confidence)


def outcome(interval: Interval) -> Outcome:
    """Return which side the interval of a ratio shows to be faster.

    No difference is shown when the interval contains 1 or lies within +-3 % of it.
    """
    if interval.low > 1 and interval.high > EQUIVALENCE:
        return "go faster"
    if interval.high < 1 and interval.low < 1 / EQUIVALENCE:
        return "python faster"
    return "no difference shown"


def sign_test(d: Sequence[float]) -> float:
    """Return the two-sided p-value of the sign test that the median of `d` is 0; 1 without values.

    It is the test that the order-statistic interval inverts, so both agree about 1. Values of exactly 0 count for neither
    side. Source: Conover, Practical Nonparametric Statistics, 3rd edition (1999), section 3.4.
    """
    below = sum(value < 0 for value in d)
    above = sum(value > 0 for value in d)
    return min(1.0, 2 * binomial_tail(min(below, above), below + above, 0.5))


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return the p-values adjusted for their number, in the same order.

    Rejecting those at most 0.05 keeps the probability of any false rejection at 5 %. Source: Holm, Scandinavian Journal of
    Statistics 6 (1979).
    """
    adjusted = {}
    largest = 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = largest
    return tuple(adjusted[index] for index in range(len(p_values)))


def with_adjusted_outcomes(page: Sequence[Ratio]) -> tuple[Ratio, ...]:
    """Return the ratios of one page, with their outcomes adjusted for the number of ratios.

    A difference that does not survive Holm's adjustment becomes "no difference shown", unless it is large: the sign test of nine
    pairs has no p-value below 0.004, however far they all are from 1, so that nothing would survive on a page of many. With
    more pairs large differences have tiny p-values and are rejected first, so they cost the small ones next to nothing.
    """
    adjusted_p = holm([ratio.p_value for ratio in page])
    return tuple(
        ratio if p <= 1 - CONFIDENCE or _large(ratio.interval) else ratio.model_copy(update={"outcome": "no difference shown"})
        for ratio, p in zip(page, adjusted_p, strict=True)
    )


def _large(interval: Interval) -> bool:
    return interval.low > LARGE or interval.high < 1 / LARGE
