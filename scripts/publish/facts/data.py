"""Everything that pages may show, loaded and checked once: catalog, runs, and which estimate stands for which benchmark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from bench.analyse.aa_controls import ENOUGH, score
from bench.analyse.estimates import estimate
from bench.analyse.history import confirmed
from bench.analyse.ratios import with_adjusted_outcomes
from bench.analyse.records import ControlScore, ProgramEstimate, Ratio, SameLanguageComparison, Speedup
from bench.analyse.same_language import same_language
from bench.analyse.scaling import speedup
from bench.catalog import Benchmark, Catalog, load_catalog
from bench.measure.host.machine import machine
from bench.measure.session import digests
from bench.records.files import ResultError
from bench.records.run import BenchmarkResult, Run
from bench.records.store import SetAside, StoredRun, load_store, result_name
from scripts.publish.facts.measured import Measured, merged, ratio_of, require_variant


@dataclass(frozen=True)
class SiteData:
    """What the pages are made from."""

    root: Path
    catalog: Catalog
    runs: tuple[StoredRun, ...]
    """The oldest first."""
    set_aside: tuple[SetAside, ...]
    """The runs that cannot be used."""
    scores: dict[str, ControlScore]
    """Run id -> how its controls came out, with those of the runs before it where it has too few of its own to judge by."""
    published: dict[str, Measured]
    """Benchmark id -> its newest full result whose headline is publishable; without one, its newest full result."""
    local: dict[str, Measured]
    """Benchmark id -> its newest complete result of this machine that has the headline, in any profile but smoke."""
    confirmations: dict[str, str]
    """Benchmark id -> the other run that agrees with the published one."""
    changed: frozenset[str]
    """The published benchmarks whose programs or libraries are no longer those that were measured."""

    def ratio(
        self, benchmark_id: str, python: str | None = None, go: str | None = None, runtime: str | None = None
    ) -> Ratio | None:
        """Return the published ratio of two variants, the headline's where none is named; None where it was not measured.

        Raises:
            KeyError: there is no such benchmark, or it has no such program.
        """
        return ratio_of(self.catalog.benchmark(benchmark_id), self.published.get(benchmark_id), python, go, runtime)

    def program(self, benchmark_id: str, name: str, runtime: str | None = None) -> ProgramEstimate | None:
        """Return the published estimate of "python", "go" (the headline's) or "<language>/<variant>"; None if not measured.

        Raises:
            KeyError: as `ratio` does.
        """
        benchmark = self.catalog.benchmark(benchmark_id)
        language, _, variant = name.partition("/")
        known: dict[str, tuple[str, ...]] = {"python": tuple(benchmark.python), "go": tuple(benchmark.go)}
        if language not in known:
            raise KeyError(f'{benchmark_id}: no program {name!r}; say "python", "go", or one with a variant, as "python/pure"')
        variant = variant or (benchmark.headline.python if language == "python" else benchmark.headline.go)
        require_variant(benchmark, language, variant, known[language])
        measured = self.published.get(benchmark_id)
        if measured is None:
            return None
        program = f"python/{variant}/{runtime or measured.run.pythons[0].name}" if language == "python" else f"go/{variant}"
        return measured.estimate.programs.get(program)

    def speedup(self, one: str, many: str, program: str) -> Speedup | None:
        """Return the published speed-up of a program from one benchmark to another; None where no run measured both."""
        before, after = self.published.get(one), self.published.get(many)
        if before is None or after is None:
            return None
        estimates = [m.estimate.programs[program] for m in (before, after) if program in m.estimate.programs]
        return speedup(before.result, after.result, program, estimates)

    def same_language(self, benchmark_id: str, program: str, rival: str, figure: str) -> SameLanguageComparison | None:
        """Return how far a program is ahead of another of its language; None where they were not measured together."""
        measured = self.published.get(benchmark_id)
        if measured is None:
            return None
        estimates = [measured.estimate.programs[name] for name in (program, rival) if name in measured.estimate.programs]
        return same_language(measured.result, program, rival, figure, estimates)

    @cached_property
    def published_runs(self) -> tuple[StoredRun, ...]:
        """The runs that published estimates come from, the oldest first."""
        used = {one.run.id for measured in self.published.values() for one in (measured, *measured.supplements)}
        return tuple(stored for stored in self.runs if stored.run.id in used)

    @property
    def headline_runtime(self) -> str:
        """The first interpreter of the newest published run; an empty name where there is none."""
        return self.published_runs[-1].run.pythons[0].name if self.published_runs else ""


def load(root: Path, results: Path) -> SiteData:
    """Load the catalog of the project at `root` and all runs below `results`; which may hold none.

    Raises:
        CatalogError: the catalog is wrong.
        ResultError: a result file cannot be read, or its programs did not give the same answer.
    """
    catalog = load_catalog(root)
    store = load_store(results)
    runs = store.runs
    for stored in runs:
        for result in stored.results.values():
            _same_answer(stored, result)
    scores = {stored.run.id: _score(stored, runs) for stored in runs}
    published: dict[str, Measured] = {}
    local: dict[str, Measured] = {}
    confirmations: dict[str, str] = {}
    machine_here = machine().identity
    for benchmark in catalog.benchmarks:
        newest = list(_measured(benchmark, (s for s in reversed(runs) if s.run.plan.profile == "full"), scores))
        good = [measured for measured in newest if _headline_publishable(benchmark, measured)]
        if newest:
            main = (good or newest)[0]
            published[benchmark.id] = merged(main, newest[: newest.index(main)])
        confirming = _confirming(benchmark, good)
        if confirming:
            confirmations[benchmark.id] = confirming
        here = [s for s in reversed(runs) if s.run.machine.identity == machine_here and s.run.plan.profile != "smoke"]
        if own := list(_measured(benchmark, here, scores)):
            main = next((measured for measured in own if ratio_of(benchmark, measured)), own[0])
            local[benchmark.id] = merged(main, own)
    changed = frozenset(id_ for id_, one in published.items() if _changed(catalog.benchmark(id_), one.result, root))
    adjusted = _with_adjusted_outcomes(catalog, published)
    return SiteData(root, catalog, runs, store.set_aside, scores, adjusted, local, confirmations, changed)


def _score(stored: StoredRun, runs: tuple[StoredRun, ...]) -> ControlScore:
    """Score a run's A/A controls: with those of earlier runs that are alike, until there are enough.

    Alike are runs in the same profile, on the same machine, with the same build of the headline's interpreter and of Go, which
    are what controls are made of.
    """
    alike = [s for s in runs if _control_conditions(s.run) == _control_conditions(stored.run)]
    taken: list[tuple[Run, BenchmarkResult]] = []
    for recent in reversed(alike[: alike.index(stored) + 1]):
        taken += [(recent.run, result) for result in recent.results.values()]
        if score(taken).intervals >= ENOUGH:
            break
    return score(taken)


def _control_conditions(run: Run) -> tuple[object, ...]:
    return run.plan.profile, run.machine.identity, run.pythons[0].build, run.go.build


def _measured(benchmark: Benchmark, runs: Iterable[StoredRun], scores: dict[str, ControlScore]) -> Iterator[Measured]:
    """Yield the finished results of a benchmark, each analysed only when it is asked for."""
    for stored in runs:
        result = stored.results.get(benchmark.id)
        if result is not None and result.complete:
            yield Measured(stored, result, estimate(stored.run, result, scores[stored.run.id]))


def _headline_publishable(benchmark: Benchmark, measured: Measured) -> bool:
    ratio = ratio_of(benchmark, measured)
    return ratio is not None and ratio.publishable


def _confirming(benchmark: Benchmark, good: list[Measured]) -> str | None:
    """Return an older run of the same programs, runtimes and machine whose headline agrees with the newest one's."""
    for other in good[1:]:
        older, newer = ratio_of(benchmark, other), ratio_of(benchmark, good[0])
        same = _measured_alike(other, good[0])
        if same and older and newer and confirmed(older, newer, good[0].run.started - other.run.started):
            return other.run.id
    return None


def _measured_alike(one: Measured, other: Measured) -> bool:
    """Whether two results are of the same programs, with the same runtimes, on the same machine."""
    programs = bool(one.result.programs) and one.result.programs == other.result.programs
    return programs and _conditions(one.run) == _conditions(other.run)


def _conditions(run: Run) -> tuple[object, ...]:
    """Return what has to be equal for results to be of the same conditions: machine, interpreters' builds, Go's."""
    return run.machine.identity, tuple(python.build for python in run.pythons), run.go.build


def _changed(benchmark: Benchmark, result: BenchmarkResult, root: Path) -> bool:
    """Whether a program of a result, or a library of one, is no longer what was measured."""
    current = digests.programs(benchmark, root)
    measured = {program: digests.of_program(current, program) for program in result.programs}
    return not measured or measured != result.programs


def _with_adjusted_outcomes(catalog: Catalog, published: dict[str, Measured]) -> dict[str, Measured]:
    """Return the published estimates with their outcomes corrected for the number of ratios on each page."""
    done = dict(published)
    for page in {benchmark.page for benchmark in catalog.benchmarks}:
        ids = [benchmark.id for benchmark in catalog.benchmarks if benchmark.page == page and benchmark.id in published]
        ratios = iter(with_adjusted_outcomes([ratio for id_ in ids for ratio in published[id_].estimate.ratios]))
        for id_ in ids:
            old = published[id_]
            adjusted = tuple(next(ratios) for _ in old.estimate.ratios)
            done[id_] = replace(old, estimate=old.estimate.model_copy(update={"ratios": adjusted}))
    return done


def _same_answer(stored: StoredRun, result: BenchmarkResult) -> None:
    """Refuse a result whose programs did not all give the same answer."""
    if len(result.answers) > 1:
        answers = "; ".join(f"{checksum}: {', '.join(programs)}" for checksum, programs in result.answers.items())
        raise ResultError(
            f"{stored.folder / result_name(result.benchmark)}: {result.benchmark}: checksum: the programs did not give the same "
            f"answer ({answers}); correct the program that is wrong, delete the file and measure again"
        )
