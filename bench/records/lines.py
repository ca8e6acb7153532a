"""The straight line through a few points, such as what a program takes with more and more items."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import median

from bench.records.run import Reading


def line(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return slope and intercept of a line that half of the points lie above.

    The slope is the median of the slopes of all pairs of points, the intercept the median of what it leaves over. Among five
    points or more, one that is far off moves the slope no further than the others' own slopes reach; among fewer, it may.
    Source: Sen, Estimates of the regression coefficient based on Kendall's tau, JASA 63 (1968).

    Raises:
        ValueError: fewer than two different x.
    """
    slopes = [(there - here) / (right - left) for (left, here), (right, there) in combinations(points, 2) if right != left]
    if not slopes:
        raise ValueError(f"{len(points)} points give no slope; two with different x are needed")
    slope = median(slopes)
    return slope, median(y - slope * x for x, y in points)


def slope_and_base(readings: Sequence[Reading], wanted: str) -> tuple[float, float]:
    """Return bytes per item, and bytes without any, from a program's last mark at each count."""
    last = {reading.count: reading.metrics[wanted] for reading in readings if reading.count is not None}
    return line([(float(count), size) for count, size in last.items()])
