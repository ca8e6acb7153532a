"""Whole numbers in ascending order: `sorted`, which merges runs (Powersort) in C.

The answer is the numbers at evenly spaced places.
"""

from __future__ import annotations

from bench.workloads.execution.integers import integers


def prepare(numbers: bytes) -> dict[str, list[int]]:
    return {"numbers": integers(numbers)}


def run(numbers: list[int]) -> list[int]:
    ordered = sorted(numbers)
    return ordered[:: max(1, len(ordered) // 256)]
