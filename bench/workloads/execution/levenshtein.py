"""How many characters two texts are apart: Levenshtein's distance by dynamic programming, a loop in Python over one row.

A character is a code point in every tier.
"""

from __future__ import annotations

from bench.workloads.execution.lines import lines


def prepare(pairs: bytes) -> dict[str, list[list[str]]]:
    return {"pairs": [line.split("\t") for line in lines(pairs)]}


def distance(a: str, b: str) -> int:
    """Return the fewest insertions, deletions and substitutions of one character that make `b` of `a`."""
    # row[j] is the distance of the part of `a` so far to the first j characters of `b`.
    row = list(range(len(b) + 1))
    for length, x in enumerate(a, 1):
        diagonal = row[0]
        left = row[0] = length
        for j, y in enumerate(b, 1):
            above = row[j]
            if x == y:
                left = diagonal
            else:
                if above < left:  # noqa: PLR1730 - a call of `min` costs more than the comparison
                    left = above
                if diagonal < left:  # noqa: PLR1730 - likewise
                    left = diagonal
                left += 1
            row[j] = left
            diagonal = above
    return row[-1]


def run(pairs: list[list[str]]) -> list[int]:
    return [distance(a, b) for a, b in pairs]
