"""What a reader must be told about a metric: blockers, which take its place, and warnings, which stand beside it.

Every function returns the flags it raises, in no particular order; `ordered` puts blockers first.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import fmean, median
from typing import TypeVar

from bench.analyse.distributions import chi_square_tail
from bench.analyse.intervals import median_interval
from bench.analyse.pairs import FOREIGN_LIMIT, Pair, failed, log_ratios, valid_pairs, value_of, voided_share
from bench.analyse.records import ControlScore, Flag, Interval, Ratio
from bench.analyse.stopping import max_published_half_width, stolen_limit
from bench.catalog.model import MAX_HALF_WIDTH, MIN_PAIRS
from bench.records.run import BenchmarkResult, Canary, Invocation, PythonRuntime, Run

SHORTEST_VALUE = 1e-3
CORRELATION = 0.4
WARMING = 0.01
LAYOUT_SPREAD = 0.02
LAYOUT_SIGNIFICANCE = 0.05
MODE_SHARE = 0.25
MODE_QUANTILE = 3.09
"""Of the standard normal distribution at 99.9 %."""
MODE_SEPARATION = 0.8

Key = TypeVar("Key", bound=Hashable)


def ordered(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """Return each flag once, blockers first."""
    return tuple(sorted(dict.fromkeys(flags), key=lambda flag: not flag.blocker))


def run_flags(run: Run, score: ControlScore) -> tuple[Flag, ...]:
    """Return the flags of every metric of a run."""
    flags = list(score.flags)
    if run.plan.profile == "smoke":
        flags.append(_blocker("smoke-profile", "A smoke run proves the machinery and is never a result."))
    if run.dirty:
        message = f"The run was made from files that differ from commit {run.commit[:7]}, which alone does not reproduce it."
        flags.append(_warning("dirty", message))
    return tuple(flags)


def runtime_flags(program: str, run: Run) -> tuple[Flag, ...]:
    """Return the flag that the canary raises for the interpreter of a Python program; nothing for Go's."""
    name = program.rpartition("/")[2]
    return tuple(
        _unoptimised(python, python.canary)
        for python in run.pythons
        if python.name == name and python.canary and not python.optimised
    )


def _unoptimised(python: PythonRuntime, canary: Canary) -> Flag:
    return _blocker(
        "unoptimised-interpreter",
        f"{python.name} of {python.origin} takes {canary.score:.2f} times as long for bytecode as {canary.reference}: "
        "it was built without optimisation.",
    )


def program_flags(program: str, invocations: Sequence[Invocation]) -> tuple[Flag, ...]:
    """Return the flags of every metric of one program, from its ordinary invocations."""
    flags = []
    successful = [invocation for invocation in invocations if not failed(invocation)]
    if failures := len(invocations) - len(successful):
        flags.append(_blocker("failed", f"{program} failed in {failures} of {len(invocations)} invocations."))
    if throttled := sum(invocation.throttled > 0 for invocation in invocations):
        message = f"The processor was throttled during {throttled} of {len(invocations)} invocations of {program}."
        flags.append(_blocker("throttled", message))
    if swapped := sum(invocation.swapped > 0 for invocation in invocations):
        message = f"The machine swapped during {swapped} of {len(invocations)} invocations of {program}."
        flags.append(_blocker("swapped", message))
    timed = (invocation for invocation in successful if not invocation.readings)
    shortest = min((invocation.loops * value for invocation in timed for value in invocation.values), default=math.inf)
    if shortest < SHORTEST_VALUE:
        message = f"A value of {program} spans {shortest * 1e3:.2g} ms; below 1 ms the clock and the loop show."
        flags.append(_blocker("short-samples", message))
    return (*flags, *_warming_up(program, successful), *_layout_sensitive(program, successful))


def foreign_flags(program: str, invocations: Sequence[Invocation], min_pairs: int = MIN_PAIRS) -> tuple[Flag, ...]:
    """Return whether others used the CPUs of a program too often for its own value; a ratio has its pairs for that."""
    limit = stolen_limit(min_pairs)
    shared = sum((invocation.foreign or 0.0) > FOREIGN_LIMIT for invocation in invocations)
    if shared <= limit * len(invocations):
        return ()
    message = f"Other processes used more than 1 % of the time of {program}'s CPUs in {shared} of {len(invocations)} invocations."
    return (_blocker("foreign", message),)


def clock_flags(result: BenchmarkResult) -> tuple[Flag, ...]:
    """Return whether the clock went back while a benchmark was measured: an invocation that began before the one before it."""
    in_order = sorted(result.invocations, key=lambda invocation: (invocation.round, invocation.position))
    back = sum(later.started < earlier.started for earlier, later in pairwise(in_order))
    if not back:
        return ()
    message = f"The machine's clock went back before {back} of {len(in_order)} invocations: the dates may be wrong."
    return (_warning("clock", message),)


def sample_flags(
    what: str, count: int, interval: Interval, max_half_width: float = MAX_HALF_WIDTH, min_pairs: int = MIN_PAIRS
) -> tuple[Flag, ...]:
    """Return the flags of a metric that rests on too few `what` ("pairs"), or whose interval, of positive ends, is too wide."""
    flags = []
    if count < min_pairs:
        flags.append(_blocker("too-few-pairs", f"It rests on {count} {what}; {min_pairs} are the fewest to publish."))
    if (width := interval.half_width) > (limit := max_published_half_width(max_half_width, min_pairs)):
        flags.append(
            _blocker("wide-interval", f"Its interval is ±{width:.1%} wide; ±{100 * limit:.3g} % is the widest to publish.")
        )
    return tuple(flags)


def pair_flags(
    ratio: Ratio, all_pairs: Sequence[Pair], max_half_width: float = MAX_HALF_WIDTH, min_pairs: int = MIN_PAIRS
) -> tuple[Flag, ...]:
    """Return the flags of a ratio that its pairs raise, beyond those of either program alone."""
    flags = list(sample_flags("pairs", ratio.pairs, ratio.interval, max_half_width, min_pairs))
    if wrong := sum(pair.void == "checksum" for pair in all_pairs):
        flags.append(_blocker("checksum", f"The two answers differ in {wrong} of {len(all_pairs)} pairs: not the same work."))
    limit = stolen_limit(min_pairs)
    if (stolen := voided_share(all_pairs, "steal")) > limit:
        message = f"The hypervisor took more than 1 % of the time of {stolen:.0%} of the pairs; in {limit:.0%} it may."
        flags.append(_blocker("steal", message))
    if (foreign := voided_share(all_pairs, "foreign")) > limit:
        message = f"Other processes used more than 1 % of the CPUs' time in {foreign:.0%} of the pairs; in {limit:.0%} they may."
        flags.append(_blocker("foreign", message))
    valid = valid_pairs(all_pairs)
    if (drift := autocorrelation(log_ratios(valid))) > CORRELATION:
        message = f"Neighbouring pairs resemble each other (lag-1 correlation {drift:.2f}), so the interval may be too narrow."
        flags.append(_warning("drift", message))
    if bimodal(_within_layouts(valid)):
        flags.append(_warning("bimodal", "The pairs fall into two groups, and the median lies in one of them or between."))
    if ratio.pairs > 1 and not ratio.trimmed.contains(ratio.ratio):
        message = f"The 20 % trimmed mean says {ratio.trimmed.low:.3g} to {ratio.trimmed.high:.3g}, which leaves the median out."
        flags.append(_warning("estimators-disagree", message))
    return tuple(flags)


def autocorrelation(d: Sequence[float]) -> float:
    """Return the lag-1 autocorrelation of a series; 0 for one that is constant or has fewer than 3 values.

    Source: Box, Jenkins, Reinsel and Ljung, Time Series Analysis, 5th edition (2015), chapter 2.
    """
    if len(d) < 3:
        return 0.0
    centre = fmean(d)
    centred = [value - centre for value in d]
    power = math.fsum(value**2 for value in centred)
    return math.fsum(a * b for a, b in pairwise(centred)) / power if power > 0 else 0.0


def bimodal(values: Sequence[float]) -> bool:
    """Whether the values fall into two clusters, each with a quarter of them or more.

    The best split's share of the sum of squares must exceed what one normal sample gives in about 0.1 % of cases, by a normal
    approximation to the logarithm that the tests check by simulation; and 0.8 in any case, which is two equal groups four
    standard deviations apart. Source: Engelman and Hartigan, Percentage points of a test for clusters, JASA 64 (1969).
    """
    count = len(values)
    smallest = math.ceil(MODE_SHARE * count)
    if count < MIN_PAIRS:
        return False
    centre = fmean(values)
    centred = sorted(value - centre for value in values)
    total = math.fsum(value**2 for value in centred)
    splits = range(smallest, count - smallest + 1)
    between = max(math.fsum(centred[:split]) ** 2 * count / (split * (count - split)) for split in splits)
    expected = -math.log(1 - 2 / math.pi) + MODE_QUANTILE / math.sqrt(count - 2) + 2.4 / (count - 2)
    return between > max(MODE_SEPARATION, 1 - math.exp(-expected)) * total


def _within_layouts(valid: Sequence[Pair]) -> list[float]:
    """Return the log ratios less the mean of their Go layout: a difference between layouts has a flag of its own."""
    groups = _grouped((pair.other.layout, pair.log_ratio) for pair in valid)
    return [value - fmean(group) for group in groups.values() for value in group]


def _warming_up(program: str, successful: Sequence[Invocation]) -> tuple[Flag, ...]:
    """Flag a program whose first values are slower than its last by more than 1 % in the median, invocation after invocation."""
    gains = []
    for invocation in successful:
        half = len(invocation.values) // 2
        if half > 0:
            gains.append(math.log(median(invocation.values[:half]) / median(invocation.values[-half:])))
    if len(gains) < MIN_PAIRS or median(gains) <= math.log(1 + WARMING) or median_interval(gains).low <= 0:
        return ()
    message = f"{program} was still getting faster: the first half of its values is {math.expm1(median(gains)):.1%} slower."
    return (_warning("warming-up", message),)


def _layout_sensitive(program: str, successful: Sequence[Invocation]) -> tuple[Flag, ...]:
    """Flag a program whose layouts' medians lie more than 2 % apart, unless that is likely by chance.

    Source of the test: Kruskal and Wallis, JASA 47 (1952).
    """
    groups = _grouped((invocation.layout, value_of(invocation)) for invocation in successful if invocation.layout is not None)
    if len(groups) < 2:
        return ()
    medians = [median(group) for group in groups.values()]
    spread = max(medians) / min(medians) - 1
    if spread <= LAYOUT_SPREAD or chi_square_tail(kruskal_wallis(list(groups.values())), len(groups) - 1) > LAYOUT_SIGNIFICANCE:
        return ()
    message = f"The {len(groups)} code layouts of {program} differ by up to {spread:.1%} in their medians."
    return (_warning("layout-sensitive", message),)


def kruskal_wallis(groups: Sequence[Sequence[float]]) -> float:
    """Return the statistic H; equal values share their ranks' mean, without the correction that would raise H for them."""
    everything = sorted(value for group in groups for value in group)
    count = len(everything)
    places = _grouped((value, float(rank)) for rank, value in enumerate(everything, 1))
    sums = math.fsum(math.fsum(fmean(places[value]) for value in group) ** 2 / len(group) for group in groups)
    return 12 / (count * (count + 1)) * sums - 3 * (count + 1)


def _grouped(items: Iterable[tuple[Key, float]]) -> Mapping[Key, list[float]]:
    groups: dict[Key, list[float]] = {}
    for key, value in items:
        groups.setdefault(key, []).append(value)
    return groups


def _blocker(kind: str, message: str) -> Flag:
    return Flag(kind=kind, blocker=True, message=message)


def _warning(kind: str, message: str) -> Flag:
    return Flag(kind=kind, blocker=False, message=message)
