"""A web server at the marks of its invocations: what was read of it there, and why it may not be published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bench.analyse.load import FULL_MACHINE, load_flags
from bench.analyse.pairs import invocations_by_round
from bench.analyse.records import Interval
from bench.analyse.scaling import reading_medians
from bench.analyse.stopping import max_published_half_width
from bench.catalog.model import MAX_HALF_WIDTH_SHARED, MIN_HTTP_PAIRS, Benchmark, GoTier, PythonTier, Server
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.measured import Measured
from scripts.publish.style import wording

START, SATURATION = "start", "saturation"
OWN_FLAGS = ("wide-interval", "load", FULL_MACHINE)
"""Kinds of flags that are judged anew for each metric or mark; what else blocks a program blocks all that was read of it."""


@dataclass(frozen=True)
class Served:
    """A web server as the program of one benchmark."""

    name: str
    language: Literal["python", "go"]
    title: str
    tier: PythonTier | GoTier
    lacks: str | None
    """Why it lacks the benchmark's endpoint."""

    def lacking(self, _endpoint: str, _benchmark: str) -> str | None:
        """Return why it lacks the benchmark, as `Server.lacking` does."""
        return self.lacks


@dataclass(frozen=True)
class Phase:
    """What was read at one mark: the medians of the invocations."""

    mark: str
    metrics: Mapping[str, tuple[float, Interval]]
    invocations: int
    counted: float
    """Requests that counted in the invocation with the fewest of them; 0 at the start."""
    reason: str | None
    """Why none of it may be published."""

    def withheld(self, metric: str) -> str | None:
        """Return why a metric may not be shown without its interval: as all of the mark, or because that is too wide."""
        if self.reason:
            return self.reason
        _, interval = self.metrics[metric]
        too_wide = interval.low <= 0 or interval.half_width > max_published_half_width(MAX_HALF_WIDTH_SHARED, MIN_HTTP_PAIRS)
        return wording.TOO_WIDE if too_wide else None

    def phrase(self, metric: str, unit: wording.Unit) -> str:
        """Return a metric with its interval, however wide, or why there is none."""
        return self.reason or wording.quantity(*self.metrics[metric], unit)


def phases(site: SiteData, benchmark: Benchmark, server: Server | Served) -> dict[str, Phase]:
    """Return mark -> what was read of a server there with the headline's interpreter; nothing where it was not measured."""
    measured = site.published.get(benchmark.id)
    if measured is None:
        return {}
    program = program_of(measured, server)
    estimate = measured.estimate.programs.get(program)
    if estimate is None:
        return {}
    inherited = [flag for flag in estimate.flags if flag.blocker and flag.kind not in OWN_FLAGS]
    result = measured.source(program).result
    invocations, cpus = tuple(invocations_by_round(result, program).values()), measured.source(program).run.machine.cpus
    read = [reading for one in invocations for reading in one.readings]
    by_mark = {}
    for (_, mark), metrics in reading_medians(result, program).items():
        flags = [*inherited, *load_flags(program, invocations, cpus, mark)]
        counts = [reading.metrics.get("requests", 0.0) for reading in read if reading.mark == mark]
        reason = wording.not_publishable(flags) if flags else None
        by_mark[mark] = Phase(mark, metrics, len(counts), min(counts), reason)
    return by_mark


def servers(benchmark: Benchmark) -> tuple[Served, ...]:
    """Return a benchmark's programs, in the catalog's order: those that lack its endpoint as well."""
    python = (Served(name, "python", one.title or name, one.tier, one.lacks) for name, one in benchmark.python.items())
    go = (Served(name, "go", one.title or name, one.tier, one.lacks) for name, one in benchmark.go.items())
    return (*python, *go)


def absent(site: SiteData, benchmark: Benchmark, server: Server | Served) -> str:
    """Say why a server that has no phases has none: its framework lacks the endpoint, or it was not measured."""
    if lacks := server.lacking(str(benchmark.input["endpoint"]), benchmark.name):
        return f"none: {lacks}"
    measured = site.published.get(benchmark.id)
    why = measured.estimate.unavailable.get(program_of(measured, server)) if measured else None
    return f"{wording.NOT_MEASURED}: {why}" if why else wording.NOT_MEASURED


def program_of(measured: Measured, server: Server | Served) -> str:
    """Return what a server is called in a result."""
    return f"python/{server.name}/{measured.run.pythons[0].name}" if server.language == "python" else f"go/{server.name}"


def shortened(reason: str) -> str:
    """Return the part of a reason that a narrow cell has room for: "not publishable"."""
    return reason.partition(":")[0]
