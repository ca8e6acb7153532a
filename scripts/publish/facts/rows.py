"""The numbers of a figure, in its order: the figure, its label, its table and its CSV are all made from these rows."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bench.analyse.records import Flag, Interval, ProgramEstimate, Ratio
from bench.catalog import Benchmark
from bench.catalog.model import GoImplementation, GoTier, PythonImplementation, PythonTier
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.measured import Measured, ratio_of
from scripts.publish.style import wording

TIERS: tuple[PythonTier, ...] = ("pure", "standard-library", "native-library")
GO_TIERS: tuple[GoTier, ...] = ("standard-library", "library")


@dataclass(frozen=True)
class RatioRow:
    """One comparison of two programs."""

    benchmark: Benchmark
    python: str
    """Python's variant, as Go's below."""
    go: str
    runtime: str | None
    """The interpreter; None where nothing is measured."""
    measured: Measured | None
    ratio: Ratio | None

    @property
    def title(self) -> str:
        """The benchmark, and Go's tier where it is not the standard library: "JSON, Go library"."""
        return self.benchmark.title + (", Go library" if self.go == "library" else "")

    @property
    def tier(self) -> PythonTier:
        """The tier of Python's program."""
        return self.benchmark.python[self.python].tier

    @property
    def python_title(self) -> str | None:
        """What Python's web server is called; None for other programs."""
        return self.benchmark.python[self.python].title

    @property
    def python_name(self) -> str:
        """Python's program in words: its variant, or its server's title."""
        return short_name(self.benchmark, f"python/{self.python}")

    @property
    def go_name(self) -> str:
        """Go's program in words."""
        return short_name(self.benchmark, f"go/{self.go}")

    @property
    def phrase(self) -> str:
        return wording.result(self.ratio, self.benchmark.unit)

    @property
    def shown(self) -> Ratio | None:
        """The ratio, if it may be shown."""
        return self.ratio if self.ratio is not None and self.ratio.publishable else None


@dataclass(frozen=True)
class ProgramRow:
    """The value of one program."""

    program: str
    tier: PythonTier | GoTier
    library: str | None
    """The distribution or module that does the work."""
    title: str | None
    """Of a web server: what it is called."""
    estimate: ProgramEstimate | None
    reason: str | None
    """Why there is no number, where there is none."""
    flags: tuple[Flag, ...]

    @property
    def interval(self) -> Interval | None:
        """The interval of the time, if it may be shown."""
        return self.estimate.interval if self.estimate is not None and self.reason is None else None

    @property
    def short_library(self) -> str | None:
        """The library without the host that a Go module's name begins with."""
        host, slash, rest = (self.library or "").partition("/")
        return rest if slash and "." in host else self.library

    @property
    def name(self) -> str:
        """The program in words: "Python, native library (orjson, cpython-3.14)"."""
        return _name(self.program, self.title, self.library)


def ratio_rows(site: SiteData, part: str | None = None) -> tuple[RatioRow, ...]:
    """Return the comparisons of a section or page, or of all, with the headline's interpreter.

    They are all tiers of a benchmark whose programs are told apart by them, and else the headline's two programs. They are
    grouped by section, then by Python's tier, the largest ratio first. Benchmarks that overviews do not have are left out.
    """
    benchmarks = [b for b in site.catalog.benchmarks if b.overview and part in (None, b.section, b.group)]
    sections = list(dict.fromkeys(b.section for b in benchmarks))
    rows = [row for b in benchmarks for row in _ratio_rows(b, site.published.get(b.id)) if b.by_tier or _headline(row)]
    return tuple(sorted(rows, key=lambda r: (sections.index(r.benchmark.section), TIERS.index(r.tier), -_size(r))))


def variant_rows(site: SiteData, benchmark: Benchmark) -> tuple[RatioRow, ...]:
    """Return the comparisons of one benchmark: every Python program with every interpreter of the run.

    They are against each of Go's tiers; where there are other variants, against that of the same name, or the headline's.
    """
    measured = site.published.get(benchmark.id)
    runtimes: Sequence[str | None] = measured.runtimes if measured else [None]
    return tuple(row for runtime in runtimes for row in _ratio_rows(benchmark, measured, runtime))


def program_rows(site: SiteData, benchmark: Benchmark) -> tuple[ProgramRow, ...]:
    """Return the programs of a benchmark: Python by tier and interpreter, then Go; those that were not measured as well."""
    return tuple(_program_rows(benchmark, site.published.get(benchmark.id)))


def _ratio_rows(benchmark: Benchmark, measured: Measured | None, runtime: str | None = None) -> Iterator[RatioRow]:
    name = runtime or (measured.run.pythons[0].name if measured else None)
    for python in variants(benchmark.python):
        for go in rivals(benchmark, python):
            source = measured.source(f"python/{python}/{name}") if measured else None
            yield RatioRow(benchmark, python, go, name, source, ratio_of(benchmark, measured, python, go, name))


def _program_rows(benchmark: Benchmark, measured: Measured | None) -> Iterator[ProgramRow]:
    runtimes = measured.runtimes if measured else [""]
    for python in variants(benchmark.python):
        for runtime in runtimes:
            program = f"python/{python}/{runtime}".rstrip("/")
            yield _program_row(program, benchmark.python[python], measured)
    for go in variants(benchmark.go):
        yield _program_row(f"go/{go}", benchmark.go[go], measured)


def program_name(benchmark: Benchmark, program: str) -> str:
    """Return a program in words: "Python, native library (cpython-3.14)"; a web server by its title: "Flask (cpython-3.14)"."""
    return _name(program, _about(benchmark, program).title)


def short_name(benchmark: Benchmark, program: str) -> str:
    """Return what tells a program apart, in words: "native library"; a web server's title."""
    return _about(benchmark, program).title or wording.tier(program)


def rivals(benchmark: Benchmark, python: str) -> list[str]:
    """Return Go's programs that one of Python's is compared with, in the order in which they are shown."""
    return variants(benchmark.counterparts(python))


def variants(programs: Iterable[str]) -> list[str]:
    """Return variants in the order in which they are shown: tiers from the purest on, others as the catalog has them."""
    order = [*TIERS, *GO_TIERS]
    return sorted(programs, key=lambda variant: order.index(variant) if variant in order else len(order))


def _about(benchmark: Benchmark, program: str) -> PythonImplementation | GoImplementation:
    language, variant, *_ = program.split("/")
    return benchmark.python[variant] if language == "python" else benchmark.go[variant]


def _name(program: str, title: str | None, library: str | None = None) -> str:
    details = ", ".join(part for part in (None if title else library, wording.runtime(program)) if part)
    language = "Python" if program.startswith("python/") else "Go"
    return (title or f"{language}, {wording.tier(program)}") + (f" ({details})" if details else "")


def _program_row(program: str, about: PythonImplementation | GoImplementation, measured: Measured | None) -> ProgramRow:
    shown = functools.partial(ProgramRow, program, about.tier, about.library, about.title)
    if measured is None:
        return shown(None, wording.NOT_MEASURED, ())
    estimate = measured.estimate.programs.get(program)
    if estimate is None:
        why = measured.estimate.unavailable.get(program)
        return shown(None, f"{wording.NOT_MEASURED}: {why}" if why else wording.NOT_MEASURED, ())
    reason = None if estimate.publishable else wording.not_publishable(estimate.flags)
    return shown(estimate, reason, estimate.flags)


def _headline(row: RatioRow) -> bool:
    return (row.python, row.go) == (row.benchmark.headline.python, row.benchmark.headline.go)


def _size(row: RatioRow) -> float:
    return row.shown.ratio if row.shown else 0.0
