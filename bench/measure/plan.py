"""How a run is laid out: the profiles, and the random order of a round."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from bench.catalog.model import FEWEST
from bench.measure.records import Plan

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


@dataclass(frozen=True)
class Slot:
    """One invocation of a round, before it is made."""

    position: int
    program: str
    control: bool
    layout: int | None


def pairs(layout: Plan | Effort, fewest: int) -> tuple[int, int]:
    """Return the fewest and the most pairs of a benchmark that is published from `fewest` pairs on."""
    if fewest >= FEWEST:
        return layout.min_pairs, layout.max_pairs
    return layout.served, layout.served + layout.served // 2


def layouts(seed: int, count: int) -> tuple[int, ...]:
    """Draw the seeds of the Go binaries' layouts."""
    return tuple(random.Random(f"{seed} layouts").sample(range(1, 1_000_000), count))


def controls(seed: int, programs: Iterable[tuple[str, str]], count: int) -> frozenset[tuple[str, str]]:
    """Draw the (benchmark, program) that are measured against themselves, as many Python as Go where there are enough."""
    draw = random.Random(f"{seed} controls")
    sides: dict[str, list[tuple[str, str]]] = {"python": [], "go": []}
    for benchmark, program in programs:
        sides[program.partition("/")[0]].append((benchmark, program))
    for side in sides.values():
        draw.shuffle(side)
    chosen = sides["python"][: count - min(count // 2, len(sides["go"]))]
    return frozenset(chosen + sides["go"][: count - len(chosen)])


def round_order(seed: int, number: int, benchmarks: Sequence[str]) -> list[str]:
    """Return the benchmarks in the random order of round `number`."""
    return random.Random(f"{seed} {number}").sample(list(benchmarks), len(benchmarks))


def slots(
    seed: int, number: int, benchmark: str, programs: Sequence[str], twins: Iterable[str], layout_seeds: Sequence[int]
) -> list[Slot]:
    """Return one round of a benchmark in its random order: each program once, each of `twins` once more.

    All Go invocations of a round share a layout, which goes through all of `layout_seeds` before it comes again; there is none
    where there are no seeds.
    """
    layout = None
    if layout_seeds:
        cycle, place = divmod(number, len(layout_seeds))
        layout = random.Random(f"{seed} {benchmark} layouts {cycle}").sample(list(layout_seeds), len(layout_seeds))[place]
    runs = [(program, False) for program in programs] + [(program, True) for program in twins]
    random.Random(f"{seed} {benchmark} {number}").shuffle(runs)
    return [
        Slot(position, program, control, layout if program.startswith("go/") else None)
        for position, (program, control) in enumerate(runs)
    ]
