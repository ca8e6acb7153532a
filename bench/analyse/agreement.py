"""How far the harness and independent tools agree on the same programs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

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


def agreement(
    benchmark: str,
    ours: tuple[Sequence[float], Sequence[float]],
    theirs: tuple[Sequence[float], Sequence[float]],
    seconds: tuple[float, float],
) -> Agreement:
    """Compare the medians of values of Python and of Go, ours with theirs; seconds per iteration, none of them empty."""
    (our_python, our_go), (their_python, their_go) = ours, theirs
    return Agreement(benchmark, median(our_python) / median(their_python), median(our_go) / median(their_go), seconds)
