"""Session tokens counted by `collections.Counter`, then others looked up in it. Only the choice of the hits is bytecode.

The tokens are cut out of a text each time, because a Python string remembers its hash once it has been computed.
"""

from __future__ import annotations

from collections import Counter

from bench.workloads.execution.lines import text


def prepare(seen: bytes, asked: bytes) -> dict[str, str]:
    return {"seen": text(seen).rstrip("\n"), "asked": text(asked).rstrip("\n")}


def run(seen: str, asked: str) -> list[int]:
    """Return the number of different tokens, how many of those asked for were seen, and how often these were seen in all."""
    counts = Counter(seen.split("\n"))
    found = [count for count in map(counts.get, asked.split("\n")) if count is not None]
    return [len(counts), len(found), sum(found)]
