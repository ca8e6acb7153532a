"""How many characters two texts are apart: the library RapidFuzz, written in C++.

It finds the same distance by another algorithm, which handles a row of the table with a few operations on the bits of a word:
H. Hyyrö, A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances (2003).
"""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from bench.workloads.execution.lines import lines


def prepare(pairs: bytes) -> dict[str, list[list[str]]]:
    return {"pairs": [line.split("\t") for line in lines(pairs)]}


def run(pairs: list[list[str]]) -> list[int]:
    return [Levenshtein.distance(a, b) for a, b in pairs]
