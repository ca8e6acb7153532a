"""Pairs of invocations of one round: what ratios are made of. A pair is never voided for its timing."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from bench.records.run import BenchmarkResult, Invocation

STEAL_LIMIT = 0.01
"""Share of a pair's time that the hypervisor may take."""

Void = Literal["failure", "checksum", "steal", "foreign"]

FOREIGN_LIMIT = 0.01
"""Likewise, of the time of the program's CPUs that others have used: of a pair, and of an invocation alone."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two invocations of one round: Python and Go, or a program and its control in either order."""

    one: Invocation
    """Python's, in a pair of both languages."""
    other: Invocation
    """Go's, in a pair of both languages."""
    higher: bool = False
    """Whether more is better: the values are rates then, and the pair is compared by their reciprocals."""

    @property
    def steal(self) -> float:
        """Share of the time of both invocations that the hypervisor took."""
        seconds = self.one.seconds + self.other.seconds
        taken = self.one.steal * self.one.seconds + self.other.steal * self.other.seconds
        return taken / seconds if seconds > 0 else 0.0

    @property
    def foreign(self) -> float:
        """Share of the time of the programs' CPUs, over both invocations, that others used; 0 where nobody knows."""
        seconds = self.one.seconds + self.other.seconds
        taken = (self.one.foreign or 0.0) * self.one.seconds + (self.other.foreign or 0.0) * self.other.seconds
        return taken / seconds if seconds > 0 else 0.0

    @property
    def apart(self) -> float:
        """Seconds between the starts of the two, whichever came first."""
        return abs((self.one.started - self.other.started).total_seconds())

    @property
    def void(self) -> Void | None:
        """Why the pair is not valid; None when it is."""
        if failed(self.one) or failed(self.other):
            return "failure"
        if self.one.checksum != self.other.checksum:
            return "checksum"
        if self.steal > STEAL_LIMIT:
            return "steal"
        return "foreign" if self.foreign > FOREIGN_LIMIT else None

    @property
    def log_ratio(self) -> float:
        """ln(time of one / time of the other), of a valid pair."""
        log = math.log(value_of(self.one) / value_of(self.other))
        return -log if self.higher else log


def failed(invocation: Invocation) -> bool:
    """Whether the invocation gave no values."""
    return invocation.failure is not None or not invocation.values


def value_of(invocation: Invocation) -> float:
    """Return the median of the invocation's values, in the benchmark's unit."""
    return median(invocation.values)


def programs(result: BenchmarkResult, language: Literal["python", "go"]) -> tuple[str, ...]:
    """Return the programs of a language that were measured, sorted; those measured only as a control so far are left out."""
    ordinary = {invocation.program for invocation in result.invocations if not invocation.control}
    return tuple(sorted(program for program in ordinary if program.startswith(f"{language}/")))


def invocations_by_round(result: BenchmarkResult, program: str, *, control: bool = False) -> dict[int, Invocation]:
    """Return the program's invocations by round: the ordinary ones, the first of several, or the controls."""
    return {number: several[0] for number, several in _rounds(result, program, control=control).items()}


def _rounds(result: BenchmarkResult, program: str, *, control: bool = False) -> dict[int, list[Invocation]]:
    """Return the program's invocations of each round, by their positions."""
    rounds: dict[int, list[Invocation]] = {}
    chosen = (one for one in result.invocations if one.program == program and one.control == control)
    for invocation in sorted(chosen, key=lambda invocation: (invocation.round, invocation.position)):
        rounds.setdefault(invocation.round, []).append(invocation)
    return rounds


def pairs(result: BenchmarkResult, python: str, go: str) -> tuple[Pair, ...]:
    """Return the pairs of a Python program and a Go program in the order of the rounds, voided ones included.

    A Go program that was run several times in a round is paired by the invocation that was run for this Python program.
    """
    of_python, of_go = invocations_by_round(result, python), _rounds(result, go)
    higher = result.better == "higher"
    return tuple(
        Pair(of_python[number], next((one for one in of_go[number] if one.beside == python), of_go[number][0]), higher)
        for number in of_python
        if number in of_go
    )


def control_pairs(result: BenchmarkResult, program: str, seed: int) -> tuple[Pair, ...]:
    """Return the program's A/A pairs in the order of the rounds: a control, and the program's ordinary invocation next to it.

    Which of the two comes first in the pair is drawn from the run's seed, the program and the round, apart from the order
    in which they ran. The two may have different layouts: the draw is fair all the same.
    """
    ordinary, controls = _rounds(result, program), invocations_by_round(result, program, control=True)
    labelled = []
    for number, control in controls.items():
        if number in ordinary:
            nearest = min(ordinary[number], key=lambda one: abs(one.position - control.position))
            swap = random.Random(f"{seed} {result.benchmark} {program} {number}").random() < 0.5
            labelled.append(Pair(control, nearest) if swap else Pair(nearest, control))
    return tuple(labelled)


def valid_pairs(all_pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return the pairs that are not voided."""
    return tuple(pair for pair in all_pairs if pair.void is None)


def log_ratios(all_pairs: Iterable[Pair]) -> tuple[float, ...]:
    """Return ln(one / other) of the valid pairs, in their order."""
    return tuple(pair.log_ratio for pair in valid_pairs(all_pairs))


def voided_share(all_pairs: Sequence[Pair], reason: Void) -> float:
    """Return the share of the pairs that were voided for the given reason."""
    return sum(pair.void == reason for pair in all_pairs) / len(all_pairs) if all_pairs else 0.0
