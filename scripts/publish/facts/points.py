"""The points of figures that have two axes: what they show of which server, and why some are left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bench.analyse.records import Interval
from bench.catalog.model import Benchmark
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.phases import SATURATION, Phase, Served, absent, phases, servers
from scripts.publish.style import wording

LATENCY_LIMIT = 10e-3
"""Seconds within which a service that others wait for has to answer 99 of 100 requests: a convention, as a line to read by."""


@dataclass(frozen=True)
class Plane:
    """The axes of a figure of points, both logarithmic."""

    x: str
    """Name of the metric that is read, as in `Phase.metrics`."""
    x_title: str
    x_unit: wording.Unit
    y: str
    y_title: str
    y_unit: wording.Unit
    limit: float | None = None
    """Where a line goes across, in the unit of y."""
    joined: bool = False
    """Whether a server's points are joined to a line."""


CURVE = Plane(
    "offered",
    "offered rate in requests/s, log scale",
    "request/second",
    "p99",
    "99th percentile of the latency, log scale",
    "second",
    limit=LATENCY_LIMIT,
    joined=True,
)
MEMORY = Plane(
    "rate",
    "throughput in requests/s, log scale",
    "request/second",
    "proportional",
    "memory under load, log scale",
    "byte",
)


@dataclass(frozen=True)
class Point:
    """One server at one mark."""

    server: Served
    mark: str
    phase: Phase | None
    plane: Plane
    reason: str | None
    """Why it is not drawn."""

    @property
    def x(self) -> tuple[float, Interval]:
        """Value and interval, of a point that is drawn; as `y`."""
        if self.phase is None:
            raise ValueError(f"{self.server.name}: nothing was read at {self.mark}")
        return self.phase.metrics[self.plane.x]

    @property
    def y(self) -> tuple[float, Interval]:
        if self.phase is None:
            raise ValueError(f"{self.server.name}: nothing was read at {self.mark}")
        return self.phase.metrics[self.plane.y]

    @property
    def phrase(self) -> str:
        """The point in words: "p99 2.1 ms at 930/s"."""
        x, y = wording.alone(*self.x, self.plane.x_unit), wording.alone(*self.y, self.plane.y_unit)
        return f"{y} at {x}"


def curve_points(site: SiteData, benchmark: Benchmark) -> tuple[Point, ...]:
    """Return every server's points of a latency curve, by their rates; one without a phase where it was not measured."""
    return tuple(point for server in servers(benchmark) for point in _curve(site, benchmark, server))


def memory_points(site: SiteData, benchmark: Benchmark) -> tuple[Point, ...]:
    """Return each server's throughput and its memory meanwhile."""
    return tuple(
        _point(site, benchmark, server, phases(site, benchmark, server).get(SATURATION), SATURATION, MEMORY)
        for server in servers(benchmark)
    )


def _curve(site: SiteData, benchmark: Benchmark, server: Served) -> Iterator[Point]:
    by_mark = phases(site, benchmark, server)
    offered = [phase for phase in by_mark.values() if CURVE.x in phase.metrics]
    if not offered:
        yield _point(site, benchmark, server, None, "", CURVE)
    for phase in sorted(offered, key=lambda phase: phase.metrics[CURVE.x][0]):
        yield _point(site, benchmark, server, phase, phase.mark, CURVE)


def _point(site: SiteData, benchmark: Benchmark, server: Served, phase: Phase | None, mark: str, plane: Plane) -> Point:
    if phase is None:
        return Point(server, mark, None, plane, absent(site, benchmark, server))
    return Point(server, mark, phase, plane, phase.reason)
