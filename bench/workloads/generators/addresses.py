"""Pairs of addresses, as two systems have them that should agree."""

from __future__ import annotations

from random import Random

from bench.workloads.generators.draw import between, pick
from bench.workloads.generators.orders import CITIES, PEOPLE, STREETS

LETTERS = "abcdefghijklmnopqrstuvwxyzäéöü "

PUBLISHED = "kitten\tsitting\nSaturday\tSunday\nrosettacode\traisethysword\nintention\texecution\nZürich\tZurich\nabc\t\n"
"""Pairs whose distances others publish or that are plain to see; the last but one takes more bytes than characters."""


def addresses(pairs: int, seed: int) -> bytes:
    """Make lines of two addresses with a tab between them: mostly the same one with a few slips, sometimes two different ones."""
    random = Random(seed)
    lines = []
    for _ in range(pairs):
        one = address(random)
        other = address(random) if random.random() < 0.2 else misspelt(random, one, slips=between(random, 0, 6))
        lines.append(f"{one}\t{other}\n")
    return "".join(lines).encode()


def address(random: Random) -> str:
    place = f"{between(random, 10_000, 99_999)} {pick(random, CITIES)}"
    return f"{pick(random, PEOPLE)}, {pick(random, STREETS)} {between(random, 1, 200)}, {place}"


def misspelt(random: Random, text: str, slips: int) -> str:
    """Insert, drop or replace a character, or swap two neighbours, as often as asked."""
    characters = list(text)
    for _ in range(slips):
        at = between(random, 0, len(characters) - 2)
        kind = between(random, 0, 3)
        if kind == 0:
            characters.insert(at, pick(random, LETTERS))
        elif kind == 1:
            del characters[at]
        elif kind == 2:
            characters[at] = pick(random, LETTERS)
        else:
            characters[at], characters[at + 1] = characters[at + 1], characters[at]
    return "".join(characters)
