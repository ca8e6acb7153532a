"""One benchmark as it was measured: in one run, with what later runs have added to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bench.analyse.records import Estimate, Ratio
from bench.catalog import Benchmark
from bench.records.run import BenchmarkResult, Run
from bench.records.store import StoredRun, result_name
from scripts.publish.style import wording


@dataclass(frozen=True)
class Measured:
    """One benchmark of one run, with its estimate."""

    stored: StoredRun
    result: BenchmarkResult
    estimate: Estimate
    """Of the run's own programs, and of those that only the supplements have."""
    supplements: tuple[Measured, ...] = ()
    """Other runs' results of the benchmark, with programs that this one lacks."""

    @property
    def run(self) -> Run:
        return self.stored.run

    @property
    def file(self) -> Path:
        return self.stored.folder / result_name(self.result.benchmark)

    @property
    def runtimes(self) -> list[str]:
        """The names of the interpreters, the headline's first."""
        return list(dict.fromkeys(python.name for one in (self, *self.supplements) for python in one.run.pythons))

    def source(self, program: str) -> Measured:
        """Return the result that a program's estimate comes from: this one, where none of them has the program."""
        return next((one for one in (self, *self.supplements) if program in one.result.loops), self)


def merged(main: Measured, others: Iterable[Measured]) -> Measured:
    """Return a result with what others of the same machine and toolchain have of the benchmark and it lacks, in their order.

    A variant or a runtime that was added later was measured alone, with the programs that it is compared with.
    """
    estimate, supplements = main.estimate, []
    for other in others:
        known = {(ratio.python, ratio.go) for ratio in estimate.ratios}
        added = tuple(ratio for ratio in other.estimate.ratios if (ratio.python, ratio.go) not in known)
        alike = (other.run.machine.identity, other.run.go.build) == (main.run.machine.identity, main.run.go.build)
        if other is main or not added or not alike:
            continue
        programs = {**other.estimate.programs, **estimate.programs}
        estimate = estimate.model_copy(update={"programs": programs, "ratios": (*estimate.ratios, *added)})
        supplements.append(other)
    return replace(main, estimate=estimate, supplements=tuple(supplements))


def run_line(measured: Measured) -> str:
    """Say where a result comes from: machine, runtimes, date and run."""
    run = measured.run
    python = run.pythons[0]
    interpreter = f"{'CPython' if python.implementation == 'cpython' else python.implementation} {python.version}"
    return (
        f"{run.machine.cpu}, {wording.count(run.machine.cores, 'core')}, {run.machine.system}; {interpreter}, "
        f"Go {run.go.version.removeprefix('go')}; {wording.day(run.started)}; run {run.id}"
    )


def ratio_of(
    benchmark: Benchmark,
    measured: Measured | None,
    python: str | None = None,
    go: str | None = None,
    runtime: str | None = None,
) -> Ratio | None:
    """Return the ratio of two variants in one estimate; the arguments and errors are those of `SiteData.ratio`."""
    left, right = python or benchmark.headline.python, go or benchmark.headline.go
    require_variant(benchmark, "python", left, benchmark.python)
    require_variant(benchmark, "go", right, benchmark.go)
    if measured is None:
        return None
    return measured.estimate.ratio(f"python/{left}/{runtime or measured.run.pythons[0].name}", f"go/{right}")


def require_variant(benchmark: Benchmark, language: str, variant: str, variants: Iterable[str]) -> None:
    """Raise KeyError unless the benchmark has that program."""
    known = tuple(variants)
    if variant not in known:
        raise KeyError(f"{benchmark.id}: no {language} program {variant!r}; there are: {', '.join(known)}")
