"""What a figure shows: title, numbers, label and the lines beneath, from the data; `drawing` turns it into Vega-Lite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scripts.publish import wording
from scripts.publish.data import Measured, SiteData
from scripts.publish.rows import ProgramRow, RatioRow, program_rows, ratio_rows

OVERVIEW = "overview"
SCALE = "Log scale. Dot: median of the pairs' ratios; whisker: its 95 % interval. Hollow: native library."
TIME = "Dot: median of the invocations; whisker: its 95 % interval. Hollow: native library."


@dataclass(frozen=True)
class Figure:
    """One figure, ready to be drawn, labelled and tabulated."""

    name: str
    """What `chart` is given: "overview", a section, or a benchmark's id."""
    title: str
    """A question."""
    direction: str
    """Which direction is better."""
    key: str
    """What dot and whisker are."""
    sample: str
    """How many observations each mark rests on."""
    source: tuple[str, ...]
    """Machine, runtimes, date and run: one line for each run."""
    rows: tuple[RatioRow, ...] | tuple[ProgramRow, ...]
    label: str
    """The whole figure in words, with its numbers, for those who do not see it."""

    @property
    def stem(self) -> str:
        """The name of its files, without the suffix."""
        return self.name.replace("/", "--")


def names(site: SiteData) -> tuple[str, ...]:
    """Return the names of all figures."""
    sections = dict.fromkeys(benchmark.section for benchmark in site.catalog.benchmarks)
    return (OVERVIEW, *sections, *(benchmark.id for benchmark in site.catalog.benchmarks))


def figure(site: SiteData, name: str) -> Figure:
    """Return the figure of that name.

    Raises:
        KeyError: there is none; the message lists those that exist.
    """
    if name not in names(site):
        raise KeyError(f"no figure {name!r}; there are: {', '.join(names(site))}")
    if "/" in name:
        return _benchmark(site, name)
    return _ratios(site, name)


def run_line(measured: Measured) -> str:
    """Say where a result comes from: machine, runtimes, date and run."""
    run = measured.run
    python = run.pythons[0]
    interpreter = f"{'CPython' if python.implementation == 'cpython' else python.implementation} {python.version}"
    return (
        f"{run.machine.cpu}, {wording.count(run.machine.cores, 'core')}, {run.machine.system}; {interpreter}, "
        f"{run.go.version.replace('go', 'Go ')}; {wording.day(run.started)}; run {run.id}"
    )


def _ratios(site: SiteData, name: str) -> Figure:
    rows = ratio_rows(site, None if name == OVERVIEW else name)
    title = "How many times faster is one language than the other?"
    if name != OVERVIEW:
        title = f"{name.capitalize()}: how many times faster is one language than the other?"
    direction = "Right of the line Go is faster, left of it Python"
    sample = _sample([row.shown.pairs for row in rows if row.shown], "pair")
    numbers = "; ".join(f"{row.title}, {wording.tier(f'python/{row.python}')} Python: {row.phrase}" for row in rows)
    source = _sources(row.measured for row in rows if row.shown)
    return Figure(name, title, direction, SCALE, sample, source, rows, _label(title, direction, numbers, sample, source))


def _benchmark(site: SiteData, name: str) -> Figure:
    benchmark = site.catalog.benchmark(name)
    measured = site.published.get(name)
    rows = program_rows(site, benchmark)
    direction = f"{benchmark.better.capitalize()} is better"
    sample = _sample([row.estimate.invocations for row in rows if row.estimate and row.interval], "invocation")
    numbers = "; ".join(
        f"{row.name}: {row.reason or wording.measured_value(row.estimate, benchmark.unit)}" for row in rows
    )
    source = _sources([measured] if sample else [])
    headline = wording.result(site.ratio(name))
    label = _label(benchmark.question, direction, f"{headline}. {numbers}", sample, source)
    return Figure(name, benchmark.question, direction, TIME, sample, source, rows, label)


def _sample(counts: list[int], noun: str) -> str:
    """Say the sizes of the samples: "n = 15 to 60 pairs"; nothing where there is none."""
    if not counts:
        return ""
    few, many = min(counts), max(counts)
    return f"n = {wording.count(many, noun)}" if few == many else f"n = {few} to {wording.count(many, noun)}"


def _sources(measured: Iterable[Measured | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(run_line(one) for one in measured if one is not None))


def _label(title: str, direction: str, numbers: str, sample: str, source: tuple[str, ...]) -> str:
    return ". ".join(part.rstrip(".") for part in (title, direction, numbers, sample, *source) if part).replace("?. ", "? ") + "."
