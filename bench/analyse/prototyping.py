"""Which side is quicker in the steps of a prototype: ratios of the same round, and their median."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median

from bench.analyse.intervals import CONFIDENCE, full_range_confidence, median_interval
from bench.analyse.ratios import exponential
from bench.analyse.records import Interval
from bench.records.prototyping import PrototypingRecord, Step


@dataclass(frozen=True)
class StepComparison:
    """A step of Python's and one of Go's, of the same task and cache."""

    python: Step
    go: Step
    python_seconds: float
    """Median."""
    go_seconds: float
    ratio: float
    """exp(median of ln(Python's seconds / Go's in the same round)): above 1 Go is quicker."""
    interval: Interval
    """Order-statistic interval of the ratio."""
    rounds: int


def compare(record: PrototypingRecord) -> tuple[StepComparison, ...]:
    """Compare each of Python's steps with each of Go's for the same task and cache, in the order of the record.

    Pairs that too few rounds have for an interval are left out.
    """
    pairs = (
        (python, go)
        for python in record.steps
        for go in record.steps
        if (python.language, go.language) == ("python", "go") and (python.task, python.cache) == (go.task, go.cache)
    )
    return tuple(one for python, go in pairs if (one := _compared(record, python, go)))


def _compared(record: PrototypingRecord, python: Step, go: Step) -> StepComparison | None:
    both = [one.seconds for one in record.rounds if python.name in one.seconds and go.name in one.seconds]
    if not both or full_range_confidence(len(both)) < CONFIDENCE:
        return None
    d = [math.log(seconds[python.name] / seconds[go.name]) for seconds in both]
    of_python, of_go = (median(seconds[step.name] for seconds in both) for step in (python, go))
    return StepComparison(python, go, of_python, of_go, math.exp(median(d)), exponential(median_interval(d)), len(both))
