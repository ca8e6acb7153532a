"""The profiles: what a run spends on a benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bench.catalog.model import FEWEST
from bench.records.run import Plan

Profile = Literal["smoke", "quick", "full"]


@dataclass(frozen=True)
class Effort:
    """What a profile spends."""

    purpose: str
    min_pairs: int
    max_pairs: int
    layouts: int
    controls: int
    values: int
    warmup: float
    """Seconds."""
    value_time: float
    """Seconds."""
    served: int
    """Rounds of web servers at the least: an invocation of one takes seconds."""
    phase: float
    """Seconds that a web server is loaded for at a time."""


PROFILES: dict[Profile, Effort] = {
    "smoke": Effort(
        purpose="proves the machinery; never shown as a result",
        min_pairs=5,
        max_pairs=5,
        layouts=1,
        controls=2,
        values=3,
        warmup=0.0,
        value_time=0.002,
        served=1,
        phase=0.2,
    ),
    "quick": Effort(
        purpose="this machine's numbers, with the smallest sample that gives an interval",
        min_pairs=15,
        max_pairs=15,
        layouts=4,
        controls=4,
        values=10,
        warmup=0.2,
        value_time=0.02,
        served=1,
        phase=0.4,
    ),
    "full": Effort(
        purpose="numbers to publish: pairs until the interval is narrow",
        min_pairs=15,
        max_pairs=60,
        layouts=8,
        controls=20,
        values=10,
        warmup=0.2,
        value_time=0.02,
        served=6,
        phase=1.0,
    ),
}


def pairs(layout: Plan | Effort, fewest: int) -> tuple[int, int]:
    """Return the fewest and the most pairs of a benchmark that is published from `fewest` pairs on."""
    if fewest >= FEWEST:
        return layout.min_pairs, layout.max_pairs
    return layout.served, layout.served + layout.served // 2
