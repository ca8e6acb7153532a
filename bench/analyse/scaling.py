"""How results change with size: speed-ups over workers, and the number of items at which two programs take the same memory."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from bench.analyse.flags import ordered, sample_flags
from bench.analyse.intervals import CONFIDENCE, full_range_confidence, median_interval
from bench.analyse.pairs import Pair, failed, invocations_by_round, pairs, valid_pairs
from bench.analyse.ratios import exponential
from bench.analyse.records import Interval, ProgramEstimate, Speedup
from bench.records.lines import slope_and_base
from bench.records.run import BenchmarkResult


def speedup(one: BenchmarkResult, many: BenchmarkResult, program: str, estimates: Sequence[ProgramEstimate]) -> Speedup | None:
    """Return how much faster a program is in `many` than in `one`, two benchmarks of the same run with the same work.

    `estimates` are the program's in both: their flags hold for the speed-up too. None where the runs differ, or no round has the
    program in both.
    """
    if one.run != many.run:
        return None
    before, after = invocations_by_round(one, program), invocations_by_round(many, program)
    in_both = [number for number in before if number in after and not failed(before[number]) and not failed(after[number])]
    if not in_both:
        return None
    d = [Pair(before[number], after[number], one.better == "higher").log_ratio for number in in_both]
    interval = exponential(_interval(d))
    own = sample_flags("rounds", len(d), interval, max(one.max_half_width, many.max_half_width), one.min_pairs)
    flags = ordered((*(flag for estimate in estimates for flag in estimate.flags), *own))
    return Speedup(program=program, rounds=len(d), speedup=math.exp(median(d)), interval=interval, flags=flags)


def crossing(result: BenchmarkResult, python: str, go: str, reading: str) -> tuple[float, Interval] | None:
    """Return the number of items at which two programs take the same memory, with its interval; None where there is none.

    Each valid pair gives one: where the lines through both programs' readings meet. There is none where the programs were not
    read at several counts, or their lines are not shown to meet: the whole interval has to be above zero and finite.
    """
    counts = []
    for pair in valid_pairs(pairs(result, python, go)):
        if not (pair.one.readings and pair.other.readings):
            return None
        slope, base = slope_and_base(pair.one.readings, reading)
        other_slope, other_base = slope_and_base(pair.other.readings, reading)
        counts.append((base - other_base) / (other_slope - slope) if other_slope != slope else math.inf)
    if not counts:
        return None
    interval = _interval(counts)
    return (median(counts), interval) if interval.low > 0 and math.isfinite(interval.high) else None


def reading_medians(result: BenchmarkResult, program: str) -> dict[tuple[int | None, str], dict[str, tuple[float, Interval]]]:
    """Return (count, mark) -> metric -> its median over a program's invocations with the interval, in the order of reading."""
    values_at: dict[tuple[int | None, str], dict[str, list[float]]] = {}
    for invocation in invocations_by_round(result, program).values():
        for reading in invocation.readings:
            metrics = values_at.setdefault((reading.count, reading.mark), {})
            for name, value in reading.metrics.items():
                metrics.setdefault(name, []).append(value)
    return {
        (count, mark): {name: (median(values), _interval(values)) for name, values in metrics.items()}
        for (count, mark), metrics in values_at.items()
    }


def _interval(values: Sequence[float]) -> Interval:
    return median_interval(values, min(CONFIDENCE, full_range_confidence(len(values))))
