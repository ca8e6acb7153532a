"""The distance of each point of a plane from its middle: a list comprehension over two lists."""

from __future__ import annotations

from math import sqrt
from typing import Any

from bench.workloads.data.uniform import uniform


def prepare(points: int, step: int) -> dict[str, Any]:
    return {"x": uniform(points, seed=1), "y": uniform(points, seed=2), "step": step}


def run(x: list[float], y: list[float], step: int) -> float:
    """Return the sum of every `step`-th distance."""
    distances = [sqrt((a - 0.5) * (a - 0.5) + (b - 0.5) * (b - 0.5)) for a, b in zip(x, y, strict=True)]
    return sum(distances[::step])
