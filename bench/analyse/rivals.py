"""Programs of one language against each other, in the rounds of one benchmark."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

from bench.analyse.flags import ordered, sample_flags
from bench.analyse.intervals import CONFIDENCE, median_interval, widest_confidence
from bench.analyse.pairs import failed, of_program, value_of
from bench.analyse.ratios import exponential
from bench.analyse.records import ProgramEstimate, Rivalry
from bench.catalog.model import WIDEST_SHARED
from bench.records.run import BenchmarkResult, Invocation

VALUE = "value"


def rivalry(
    result: BenchmarkResult, program: str, rival: str, figure: str, estimates: Sequence[ProgramEstimate]
) -> Rivalry | None:
    """Return how many times a program is ahead of another one of its language, from the rounds that have both.

    `figure` is "value", the benchmark's own, or a reading, as "start.proportional", of which less is better. `estimates` are
    both programs', whose flags hold for the comparison as well, a reading's own width excepted. None where no round has both.
    """
    own, other = of_program(result, program), of_program(result, rival)
    both = [number for number in own if number in other and not failed(own[number]) and not failed(other[number])]
    if not both:
        return None
    turned = -1.0 if figure == VALUE and result.better == "higher" else 1.0
    d = [turned * math.log(_figure(other[number], figure) / _figure(own[number], figure)) for number in both]
    interval = exponential(median_interval(d, min(CONFIDENCE, widest_confidence(len(d)))))
    inherited = [flag for one in estimates for flag in one.flags if figure == VALUE or flag.kind not in ("wide-interval", "load")]
    widest = result.widest if figure == VALUE else WIDEST_SHARED
    flags = ordered((*inherited, *sample_flags("rounds", len(d), interval, widest, result.fewest)))
    return Rivalry(program=program, rival=rival, ahead=math.exp(median(d)), interval=interval, flags=flags)


def _figure(invocation: Invocation, figure: str) -> float:
    if figure == VALUE:
        return value_of(invocation)
    mark, _, name = figure.rpartition(".")
    return next(reading.figures[name] for reading in invocation.readings if reading.mark == mark)
