"""The same metric in several runs."""

from __future__ import annotations

import math
from datetime import timedelta

from bench.analyse.records import Change, Confirmation, ConfirmationState, Estimate, Interval, Ratio
from bench.catalog.model import Benchmark

HOURS_APART = timedelta(hours=2)
SAME = 1.05
"""Factor within which two runs' ratios are the same for a reader..."""
SAME_SERVED = 1.15
"""...and of servers under load, whose intervals do not carry the other."""


def band(benchmark: Benchmark) -> float:
    """Return the factor within which another run's ratio has to lie to confirm a benchmark's."""
    return SAME_SERVED if benchmark.is_loaded else SAME


def confirmation(run: str, older: Ratio, newer: Ratio, apart: timedelta, band: float) -> Confirmation | None:
    """Say what `run`, whose ratio is the older one, says of the newer one; None where it can say nothing.

    It confirms it where the interval of their quotient lies within the band: both one-sided tests reject that they are further
    apart. Two wide intervals that overlap confirm nothing; where the quotient's would not fit into the band wherever it lay, and
    does not leave it either, it is "too wide". Runs within two hours share too much of the machine's state, and results that may
    not be published say nothing. Source: Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15 (1987).
    """
    if apart < HOURS_APART or not (older.publishable and newer.publishable):
        return None
    both = change(older, newer)
    low, high = both.interval.low, both.interval.high
    state: ConfirmationState = "not confirmed"
    if 1 / band <= low and high <= band:
        state = "confirmed"
    elif both.interval.half_width > band - 1 and low <= band and high >= 1 / band:
        state = "too wide"
    return Confirmation(run=run, state=state, change=both.change, interval=both.interval)


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
