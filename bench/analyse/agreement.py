"""How far the harness and independent tools agree on the same programs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.analyse.intervals import half_width, median_interval

LIMIT = 0.02
"""Two ratios agree where they differ by no more than this share."""


@dataclass(frozen=True)
class Agreement:
    """One benchmark, measured by the harness and by independent tools: ours divided by theirs."""

    benchmark: str
    python: float
    """Time of the Python program."""
    go: float
    """Time of the Go program."""
    noise: float
    """Half-width, in ln, of the interval of the quotient of the two ratios: what chance alone may make of it."""
    seconds: tuple[float, float]
    """How long measuring took: ours, theirs."""

    @property
    def ratio(self) -> float:
        """Python divided by Go: our ratio divided by theirs."""
        return self.python / self.go

    @property
    def agrees(self) -> bool:
        """Whether the two ratios differ by no more than `LIMIT`."""
        return abs(math.log(self.ratio)) <= math.log1p(LIMIT)

    @property
    def differs(self) -> bool:
        """Whether they differ by more than `LIMIT`, and by more than chance may make of it."""
        return not self.agrees and abs(math.log(self.ratio)) > self.noise


def agreement(
    benchmark: str,
    ours: tuple[Sequence[float], Sequence[float]],
    theirs: tuple[Sequence[float], Sequence[float]],
    seconds: tuple[float, float],
) -> Agreement:
    """Compare the medians of values of Python and of Go, ours with theirs; seconds per iteration, six of each or more.

    The half-widths of the four medians' intervals, in ln, add up as those of independent errors do. That the two of a pair of
    ours share what disturbs them is not counted in ours' favour.

    Raises:
        ValueError: when there are too few values for an interval.
    """
    (our_python, our_go), (their_python, their_go) = ours, theirs
    widths = [half_width(median_interval(list(map(math.log, values)))) for values in (*ours, *theirs)]
    python, go = median(our_python) / median(their_python), median(our_go) / median(their_go)
    return Agreement(benchmark, python, go, math.hypot(*widths), seconds)
