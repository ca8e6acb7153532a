"""The profiles: what a run spends on a benchmark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bench.catalog.model import MIN_PAIRS
from bench.records.run import Plan

Profile = Literal["smoke", "quick", "full"]


@dataclass(frozen=True)
class Effort:
    """What a profile spends."""

    purpose: str
    min_pairs: int
    max_pairs: int
    layouts: int
    aa_controls: int
    values: int
    warmup: float
    """Seconds."""
    value_time: float
    """Seconds."""
    min_http_rounds: int
    """Rounds of web servers at the least: an invocation of one takes seconds."""
    phase: float
    """Seconds that a web server is loaded for at a time."""


PROFILES: dict[Profile, Effort] = {
    "smoke": Effort(
        purpose="proves the machinery; never shown as a result",
        min_pairs=5,
        max_pairs=5,
        layouts=1,
        aa_controls=2,
        values=3,
        warmup=0.0,
        value_time=0.002,
        min_http_rounds=1,
        phase=0.2,
    ),
    "quick": Effort(
        purpose="this machine's numbers, with the smallest sample that gives an interval",
        min_pairs=15,
        max_pairs=15,
        layouts=4,
        aa_controls=4,
        values=10,
        warmup=0.2,
        value_time=0.02,
        min_http_rounds=1,
        phase=0.4,
    ),
    "full": Effort(
        purpose="numbers to publish: pairs until the interval is narrow",
        min_pairs=15,
        max_pairs=60,
        layouts=8,
        aa_controls=20,
        values=10,
        warmup=0.2,
        value_time=0.02,
        min_http_rounds=6,
        phase=1.0,
    ),
}


def pair_limits(effort: Plan | Effort, min_pairs: int) -> tuple[int, int]:
    """Return the fewest and the most pairs of a benchmark that is published from `min_pairs` pairs on."""
    if min_pairs >= MIN_PAIRS:
        return effort.min_pairs, effort.max_pairs
    return effort.min_http_rounds, effort.min_http_rounds + effort.min_http_rounds // 2
