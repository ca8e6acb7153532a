"""How a run is laid out: its controls, and the random order of a round."""

from __future__ import annotations

import itertools
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
    beside: str | None = None
    """Of a Go program: the Python program that it is run next to, to make a pair with it."""


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
    seed: int,
    number: int,
    benchmark: str,
    programs: Sequence[str],
    aa_controls: Iterable[str],
    layout_seeds: Sequence[int],
    neighbours: Iterable[tuple[str, str]] = (),
) -> list[Slot]:
    """Return one round of a benchmark in its random order: each program once, each of `aa_controls` once more.

    A pair of neighbours, a Python program and a Go program, is run one right after the other, in random order, unless one of
    them is not among the programs. A Go program of several pairs is run once for each. A control is next to its program.

    All Go invocations of a round share a layout, which goes through all of `layout_seeds` before it comes again; there is none
    where there are no seeds.
    """
    layout = None
    if layout_seeds:
        cycle, place = divmod(number, len(layout_seeds))
        layout = random.Random(f"{seed} {benchmark} layouts {cycle}").sample(list(layout_seeds), len(layout_seeds))[place]
    draw = random.Random(f"{seed} {benchmark} {number}")
    together = [(python, go) for python, go in neighbours if python in programs and go in programs]
    paired = {program for pair in together for program in pair}
    blocks: list[list[tuple[str, bool, str | None]]] = [[(python, False, None), (go, False, python)] for python, go in together]
    blocks += [[(program, False, None)] for program in programs if program not in paired]
    for block in blocks:
        draw.shuffle(block)
    for program in aa_controls:
        block = draw.choice([block for block in blocks if any(program == one for one, _, _ in block)])
        outside = block[0][0] == program if len(block) > 1 else draw.random() < 0.5  # so that it parts no pair
        block.insert(0 if outside else len(block), (program, True, None))
    draw.shuffle(blocks)
    return [
        Slot(position, program, control, layout if program.startswith("go/") else None, beside)
        for position, (program, control, beside) in enumerate(itertools.chain.from_iterable(blocks))
    ]
