"""How far the throughput of a closed loop depends on its length."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.analyse.intervals import CONFIDENCE, full_range_confidence, median_interval
from bench.analyse.ratios import exponential
from bench.analyse.records import Interval

LIMIT = 0.02
"""Two lengths give the same throughput where it differs by no more than this share."""


@dataclass(frozen=True)
class LoopLength:
    """One server in closed loops of one length, compared with those of the longest."""

    program: str
    seconds: float
    rate: float
    """Median requests per second."""
    ratio: float
    """exp(median of ln(rate / rate in the longest loop of the same round))."""
    interval: Interval
    """Order-statistic interval of the ratio."""

    @property
    def agrees(self) -> bool:
        """Whether the ratio lies within `LIMIT` of 1."""
        return abs(math.log(self.ratio)) <= math.log1p(LIMIT)


def loop_lengths(program: str, rounds: Sequence[Mapping[float, float]]) -> list[LoopLength]:
    """Compare loops of a server by their lengths, the shortest first.

    Args:
        program: the server.
        rounds: seconds of a loop -> requests per second, the same lengths in each round; two rounds or more.
    """
    longest = max(rounds[0])
    confidence = min(CONFIDENCE, full_range_confidence(len(rounds)))
    compared = []
    for seconds in sorted(rounds[0]):
        d = [math.log(rates[seconds] / rates[longest]) for rates in rounds]
        interval = exponential(median_interval(d, confidence))
        rate = median(rates[seconds] for rates in rounds)
        compared.append(LoopLength(program, seconds, rate, math.exp(median(d)), interval))
    return compared
