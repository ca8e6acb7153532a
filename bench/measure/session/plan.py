"""How a run is laid out: its controls, and the random order of a round."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Slot:
    """One invocation of a round, before it is made."""

    position: int
    program: str
    control: bool
    layout: int | None


def layouts(seed: int, count: int) -> tuple[int, ...]:
    """Draw the seeds of the Go binaries' layouts."""
    return tuple(random.Random(f"{seed} layouts").sample(range(1, 1_000_000), count))


def aa_controls(seed: int, programs: Iterable[tuple[str, str]], count: int) -> frozenset[tuple[str, str]]:
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
    seed: int, number: int, benchmark: str, programs: Sequence[str], aa_controls: Iterable[str], layout_seeds: Sequence[int]
) -> list[Slot]:
    """Return one round of a benchmark in its random order: each program once, each of `aa_controls` once more.

    All Go invocations of a round share a layout, which goes through all of `layout_seeds` before it comes again; there is none
    where there are no seeds.
    """
    layout = None
    if layout_seeds:
        cycle, place = divmod(number, len(layout_seeds))
        layout = random.Random(f"{seed} {benchmark} layouts {cycle}").sample(list(layout_seeds), len(layout_seeds))[place]
    runs = [(program, False) for program in programs] + [(program, True) for program in aa_controls]
    random.Random(f"{seed} {benchmark} {number}").shuffle(runs)
    return [
        Slot(position, program, control, layout if program.startswith("go/") else None)
        for position, (program, control) in enumerate(runs)
    ]
