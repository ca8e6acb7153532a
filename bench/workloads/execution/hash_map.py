"""Session tokens counted in a dictionary, then others looked up in it. The loops are bytecode; the dictionary is C.

The tokens are cut out of a text each time, because a Python string remembers its hash once it has been computed.
"""

from __future__ import annotations

from collections import defaultdict

from bench.workloads.execution.lines import text


def prepare(seen: bytes, asked: bytes) -> dict[str, str]:
    return {"seen": text(seen).rstrip("\n"), "asked": text(asked).rstrip("\n")}


def run(seen: str, asked: str) -> list[int]:
    """Return the number of different tokens, how many of those asked for were seen, and how often these were seen in all."""
    counts: defaultdict[str, int] = defaultdict(int)
    for token in seen.split("\n"):
        counts[token] += 1
    hits = total = 0
    for token in asked.split("\n"):
        if token in counts:
            hits += 1
            total += counts[token]
    return [len(counts), hits, total]
