"""One benchmark as it was measured: in one run, with what later runs have added to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bench.analyse.records import Estimate, Ratio
from bench.catalog import Benchmark
from bench.measure.session import digests
from bench.records.heads import ResultHead
from bench.records.run import BenchmarkResult, Run
from bench.records.store import StoredRun, result_name
from scripts.publish.facts.analysis import Analyses
from scripts.publish.style import wording


@dataclass(frozen=True)
class Measured:
    """One benchmark of one run, with its estimate."""

    stored: StoredRun
    estimate: Estimate
    """Of the run's own programs, and of those that only the supplements have."""
    supplements: tuple[Measured, ...] = ()
    """Other runs' results of the benchmark, with programs that this one lacks."""

    @property
    def run(self) -> Run:
        return self.stored.run

    @property
    def result(self) -> BenchmarkResult:
        """The raw result; reading it takes time, which most of what is shown does not need."""
        return self.stored.results[self.estimate.benchmark]

    @property
    def head(self) -> ResultHead:
        """The result without its invocations."""
        head = self.stored.head(self.estimate.benchmark)
        assert head is not None, self.estimate.benchmark  # noqa: S101  it was measured
        return head

    @property
    def file(self) -> Path:
        return self.stored.folder / result_name(self.estimate.benchmark)

    @property
    def runtimes(self) -> list[str]:
        """The names of the interpreters, the headline's first."""
        return list(dict.fromkeys(python.name for one in (self, *self.supplements) for python in one.run.pythons))

    def source(self, program: str) -> Measured:
        """Return the result that a program's estimate comes from: this one, where none of them has the program."""
        return next((one for one in (self, *self.supplements) if program in one.head.calibrated), self)


@dataclass(frozen=True)
class Candidate:
    """One complete result of a benchmark, which is analysed only if it is asked for."""

    stored: StoredRun
    benchmark: str
    head: ResultHead
    analyses: Analyses

    @property
    def measured(self) -> Measured:
        """The result with its estimate."""
        return Measured(self.stored, self.analyses.estimate(self.stored, self.benchmark))

    @property
    def former(self) -> Measured:
        """The result with the estimate that it had when it was new."""
        return Measured(self.stored, self.analyses.former_estimate(self.stored, self.benchmark))

    def is_still(self, program: str, current: Mapping[str, str]) -> bool:
        """Whether a program was measured as it is now."""
        return self.head.programs.get(program) is not None and self.head.programs[program] == digests.of_program(current, program)

    def may_add(self, known: frozenset[tuple[str, str]]) -> bool:
        """Whether the result may have a ratio that is not known."""
        pythons = [program for program in self.head.planned if program.startswith("python/")]
        goes = [program for program in self.head.planned if program.startswith("go/")]
        return any((python, go) not in known for python in pythons for go in goes)


def merged(main: Measured, others: Iterable[Candidate], current: Mapping[str, str]) -> Measured:
    """Return a result with what others of the same machine and toolchain have of the benchmark and it lacks, in their order.

    A variant or a runtime that was added later was measured alone, with the programs that it is compared with. Where one was
    changed, the others stayed as they had been measured: of an older result those of two programs that are `current` count,
    "python/<variant>" or "go/<variant>" -> its digest now.
    """
    estimate, supplements = main.estimate, []
    for candidate in others:
        run, known = candidate.stored.run, frozenset((ratio.python, ratio.go) for ratio in estimate.ratios)
        alike = (run.machine.identity, run.go.build) == (main.run.machine.identity, main.run.go.build)
        if run.id == main.run.id or not alike or not candidate.may_add(known):
            continue
        other, is_newer = candidate.measured, run.started > main.run.started
        if added := tuple(
            ratio
            for ratio in other.estimate.ratios
            if (ratio.python, ratio.go) not in known
            and (is_newer or all(candidate.is_still(program, current) for program in (ratio.python, ratio.go)))
        ):
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
