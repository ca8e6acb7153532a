"""The same metric in several runs."""

from __future__ import annotations

import math
from datetime import timedelta

from bench.analyse.records import Change, Estimate, Interval, Ratio

HOURS_APART = timedelta(hours=2)
CLOSE = 1.03
"""Factor within which two medians agree whatever their intervals."""


def confirmed(older: Ratio, newer: Ratio, apart: timedelta) -> bool:
    """Whether two publishable results of one ratio, from runs `apart` in time, agree.

    They agree when their intervals overlap or their medians are less than 3 % apart. Runs within two hours share too much of
    the machine's state to confirm each other.
    """
    if apart < HOURS_APART or not (older.publishable and newer.publishable):
        return False
    overlap = older.interval.low <= newer.interval.high and newer.interval.low <= older.interval.high
    return overlap or abs(math.log(newer.ratio / older.ratio)) < math.log(CLOSE)


def compare(before: Estimate, after: Estimate) -> tuple[Change, ...]:
    """Return the change of every ratio that both estimates have, in the order of the second.

    Raises:
        ValueError: for estimates of different benchmarks.
    """
    if before.benchmark != after.benchmark:
        raise ValueError(f"cannot compare {before.benchmark} with {after.benchmark}; give two runs of one benchmark")
    in_both = ((before.ratio(new.python, new.go), new) for new in after.ratios)
    return tuple(change(old, new) for old, new in in_both if old is not None)


def change(before: Ratio, after: Ratio) -> Change:
    """Return the change from one ratio to another, with an interval recovered from both of theirs.

    Source: Zou and Donner, Statistics in Medicine 27 (2008), the method of variance estimates recovery, on log ratios.
    """
    old, new = math.log(before.ratio), math.log(after.ratio)
    fall = math.hypot(new - math.log(after.interval.low), math.log(before.interval.high) - old)
    rise = math.hypot(math.log(after.interval.high) - new, old - math.log(before.interval.low))
    interval = Interval(
        low=math.exp(new - old - fall),
        high=math.exp(new - old + rise),
        confidence=min(before.interval.confidence, after.interval.confidence),
    )
    shown = interval.low > 1 or interval.high < 1
    return Change(before=before, after=after, change=math.exp(new - old), interval=interval, shown=shown)
