"""How often each piece of a DNA sequence occurs, for pieces of seven lengths: a loop in Python counts in a dictionary.

The rule for every tier: a piece's key is its text. Dictionary and slices are C code in the interpreter, called from bytecode.
"""

from __future__ import annotations

LENGTHS = (1, 2, 3, 4, 6, 12, 18)


def prepare(sequence: bytes) -> dict[str, str]:
    if len(sequence) < max(LENGTHS):
        raise ValueError("a sequence shorter than its pieces")
    return {"sequence": sequence.decode("ascii")}


def pieces(sequence: str, length: int) -> dict[str, int]:
    """Return each piece of that length with the number of places where it starts."""
    counts: dict[str, int] = {}
    for start in range(len(sequence) - length + 1):
        piece = sequence[start : start + length]
        counts[piece] = counts.get(piece, 0) + 1
    return counts


def run(sequence: str) -> list[int]:
    """Return for each length how many different pieces there are, and how often the one occurs that the sequence starts with."""
    answer = []
    for length in LENGTHS:
        counts = pieces(sequence, length)
        answer += [len(counts), counts[sequence[:length]]]
    return answer
