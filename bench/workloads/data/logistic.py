"""The logistic function of each number: a list comprehension that calls `math.exp`."""

from __future__ import annotations

from math import exp
from typing import Any

from bench.workloads.data.uniform import uniform


def prepare(count: int, step: int) -> dict[str, Any]:
    return {"x": [8 * number - 4 for number in uniform(count, seed=3)], "step": step}


def run(x: list[float], step: int) -> float:
    """Return the sum of every `step`-th value."""
    values = [1 / (1 + exp(-number)) for number in x]
    return sum(values[::step])
