"""Sequences of bases, as a genome has them."""

from __future__ import annotations

from random import Random

from bench.workloads.generators.draw import pick

BASES = "A" * 30 + "C" * 20 + "G" * 20 + "T" * 30


def dna(length: int, seed: int) -> bytes:
    """Make one line of bases, in about a human's proportions, without a line break.

    About half of it is copies of a few segments, three bases in a hundred of them drawn again: so long pieces occur more than
    once, as in a genome. It starts with the first segment.
    """
    random = Random(seed)
    segments = [drawn(random, 300) for _ in range(4)]
    sequence = list(segments[0])
    while len(sequence) < length:
        if random.random() < 0.5:
            sequence += [pick(random, BASES) if random.random() < 0.03 else base for base in pick(random, segments)]
        else:
            sequence += drawn(random, 300)
    return "".join(sequence[:length]).encode()


def drawn(random: Random, length: int) -> list[str]:
    return [pick(random, BASES) for _ in range(length)]
