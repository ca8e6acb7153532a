"""Confidence intervals of a sample's centre. They assume independent values of one distribution, and nothing about its shape."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean, variance

from bench.analyse.distributions import student_quantile
from bench.analyse.records import Interval

CONFIDENCE = 0.95
TRIM = 0.2


def median_rank(count: int, confidence: float = CONFIDENCE) -> tuple[int, float]:
    """Return the largest k for which the k-th smallest and k-th largest of `count` values enclose the median.

    How many values lie below the median is binomial with probability 1/2, whatever the distribution; so the interval has the
    actual confidence 1 - 2 P(B < k), which is returned beside k and is at least `confidence`.
    Source: David and Nagaraja, Order Statistics, 3rd edition (2003), section 7.1.

    Raises:
        ValueError: when even the smallest and the largest value do not reach `confidence`.
    """
    rank, ways, below = 0, 1, 1  # of 2**count equal chances, those of exactly and of at most `rank` below
    while 1 - 2 * below / 2**count >= confidence:
        rank += 1
        ways = ways * (count - rank + 1) // rank
        below += ways
    if rank == 0:
        raise ValueError(f"{count} values give no interval of the median with confidence {confidence:g}; measure more")
    return rank, 1 - 2 * (below - ways) / 2**count


def median_interval(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval:
    """Return the narrowest symmetric order-statistic interval of the median; see `median_rank`.

    Raises:
        ValueError: when there are too few values for that confidence (fewer than 6 for 95 %).
    """
    rank, actual = median_rank(len(values), confidence)
    ordered = sorted(values)
    return Interval(low=ordered[rank - 1], high=ordered[-rank], confidence=actual)


def full_range_confidence(count: int) -> float:
    """Return the confidence with which the smallest and the largest of `count` values enclose the median."""
    return 1 - 2.0 ** (1 - count)


def trimmed_interval(values: Sequence[float], confidence: float = CONFIDENCE) -> Interval:
    """Return the interval of the 20 % trimmed mean by Student's t, with the Winsorised variance.

    Sources: Tukey and McLaughlin, Sankhya A 25 (1963); Yuen, Biometrika 61 (1974); in the form of Wilcox, Introduction to
    Robust Estimation and Hypothesis Testing, 3rd edition (2012), section 4.3.

    Raises:
        ValueError: for fewer than 2 values.
    """
    count = len(values)
    if count < 2:
        raise ValueError(f"{count} values give no trimmed-t interval; measure more")
    ordered = sorted(values)
    cut = int(TRIM * count)
    kept = ordered[cut : count - cut]
    winsorised = [kept[0]] * cut + kept + [kept[-1]] * cut
    error = math.sqrt(variance(winsorised) / count) / (1 - 2 * TRIM)
    reach = student_quantile((1 + confidence) / 2, len(kept) - 1) * error
    return Interval(low=fmean(kept) - reach, high=fmean(kept) + reach, confidence=confidence)


def half_width(interval: Interval) -> float:
    """Return the relative half-width of an interval of log ratios: 0.02 stands for +-2 %."""
    return math.exp((interval.high - interval.low) / 2) - 1
