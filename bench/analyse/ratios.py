"""Ratios of Python to Go from pairs, their outcomes, and their outcomes adjusted for the number of ratios of a section."""

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
        apart=median(pair.apart for pair in all_pairs) if all_pairs else None,
        neighbours=bool(all_pairs) and all(pair.other.beside == python for pair in all_pairs),
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


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return the p-values adjusted for their number, in the same order.

    Calling those at most 0.05 differences keeps the expected share of false ones among them at 5 %, where the tests are
    independent or, as those that share Go's invocations, positively dependent. Source: Benjamini and Hochberg, Journal of the
    Royal Statistical Society B 57 (1995). SciPy has it as well, in a module that takes a second to load at every command.
    """
    count, smallest = len(p_values), 1.0
    adjusted = [1.0] * count
    for position, index in enumerate(sorted(range(count), key=p_values.__getitem__, reverse=True)):
        smallest = min(smallest, count / (count - position) * p_values[index])
        adjusted[index] = smallest
    return tuple(adjusted)


def with_adjusted_outcomes(section: Sequence[Ratio]) -> tuple[Ratio, ...]:
    """Return the ratios of a section of the catalog, with the outcomes of the publishable ones judged together.

    A difference that does not survive the adjustment for their number becomes "not significant": docs/decisions/intervals.md.
    """
    adjusted = iter(benjamini_hochberg([ratio.p_value for ratio in section if ratio.publishable]))
    among = sum(ratio.publishable for ratio in section)
    return tuple(_judged(ratio, next(adjusted), among) if ratio.publishable else ratio for ratio in section)


def _judged(ratio: Ratio, adjusted_p: float, among: int) -> Ratio:
    significant = ratio.outcome == "no difference shown" or adjusted_p <= 1 - CONFIDENCE
    return ratio.model_copy(update={"outcome": ratio.outcome if significant else "not significant", "among": among})
