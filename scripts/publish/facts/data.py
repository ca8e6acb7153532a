"""Everything that pages may show, loaded and checked once: catalog, runs, and which estimate stands for which benchmark."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import get_args

from bench.analyse import history
from bench.analyse.prototyping import StepComparison, compare
from bench.analyse.ratios import with_adjusted_outcomes
from bench.analyse.records import Confirmation, ConfirmationState, ProgramEstimate, Ratio, SameLanguageComparison, Speedup
from bench.analyse.same_language import same_language
from bench.analyse.scaling import speedup
from bench.catalog import Benchmark, Catalog, load_catalog
from bench.catalog.mistakes import Mistakes, load_mistakes
from bench.measure.host.machine import machine
from bench.measure.session import digests
from bench.records import prototyping, simulation
from bench.records.files import ResultError
from bench.records.mistakes import MistakesRecord, newest
from bench.records.run import Run
from bench.records.store import SetAside, StoredRun, load_store, result_name
from scripts.publish.facts.analysis import Analyses, keep, stored_analyses
from scripts.publish.facts.measured import Candidate, Measured, merged, ratio_of, require_variant
from scripts.publish.facts.sources import SourceSizes, source_sizes


@dataclass(frozen=True, repr=False)  # megabytes, which a failing test would print
class SiteData:
    """What the pages are made from."""

    root: Path
    catalog: Catalog
    runs: tuple[StoredRun, ...]
    """The oldest first."""
    set_aside: tuple[SetAside, ...]
    """The runs that cannot be used."""
    analyses: Analyses
    """What was computed of each run."""
    published: dict[str, Measured]
    """Benchmark id -> its newest full result whose headline is publishable; without one, its newest full result."""
    local: dict[str, Measured]
    """Benchmark id -> its newest complete result of this machine that has the headline, in any profile but smoke."""
    confirmations: dict[str, Confirmation]
    """Benchmark id -> what another run says of the published one; none where no run can say anything."""
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

    @cached_property
    def sizes(self) -> SourceSizes:
        """The sizes of the headlines' programs and of the web servers: counted when first asked for, with the Go toolchain.

        Raises:
            ToolchainError: there is none, or it cannot read a file.
        """
        return source_sizes(self.catalog, self.root)

    @cached_property
    def mistakes(self) -> Mistakes:
        """The mistakes that tools were run over; raises CatalogError where they are wrong."""
        return load_mistakes(self.root)

    @cached_property
    def caught(self) -> MistakesRecord | None:
        """The newest record of which tools caught which mistakes; raises ResultError where it cannot be used."""
        return newest(self.root / "bench" / "results")

    @cached_property
    def prototyping(self) -> prototyping.PrototypingRecord | None:
        """The newest record of how long a prototype's steps take; raises ResultError where one cannot be used."""
        return prototyping.newest(self.root / "bench" / "results")

    def prototyping_steps(self) -> tuple[StepComparison, ...]:
        """How the steps of a prototype compare in the newest record; none where there is no record."""
        return compare(self.prototyping) if self.prototyping else ()

    @cached_property
    def simulation(self) -> simulation.SimulationRecord | None:
        """The newest record of what was simulated of fleets; raises ResultError where one cannot be used."""
        return simulation.newest(self.root / "bench" / "results")


def load(root: Path, results: Path, cache: Path | None = None) -> SiteData:
    """Load the catalog of the project at `root` and all runs below `results`; which may hold none.

    What is computed is kept in `cache`, and taken from there the next time.

    Raises:
        CatalogError: the catalog is wrong.
        ResultError: a result file cannot be read, or its programs did not give the same answer.
    """
    catalog = load_catalog(root)
    known = stored_analyses(results, cache)
    store = load_store(results, {run: analysis.head for run, analysis in known.items()})
    runs = store.runs
    for stored in runs:
        if stored.run.id not in known or stored.known != known[stored.run.id].head:
            _same_answers(stored)
    analyses = Analyses(runs, known)
    published: dict[str, Measured] = {}
    local: dict[str, Measured] = {}
    confirmations: dict[str, Confirmation] = {}
    changed: set[str] = set()
    machine_here = machine().identity
    full = [stored for stored in reversed(runs) if stored.run.plan.profile == "full"]
    here = [s for s in reversed(runs) if s.run.machine.identity == machine_here and s.run.plan.profile != "smoke"]
    for benchmark in catalog.benchmarks:
        newest, own = _complete(benchmark, full, analyses), _complete(benchmark, here, analyses)
        current = digests.programs(benchmark, root) if newest or own else {}
        whole = [one for one in newest if not any(_repeats_a_part_of(one, other) for other in newest)]
        main = next((one for one in whole if _headline_publishable(benchmark, one.measured)), None)
        if newest:
            first = main or whole[0]
            place = newest.index(first)
            published[benchmark.id] = merged(first.measured, newest[:place] + newest[place + 1 :], current)
            if _changed(published[benchmark.id], current):
                changed.add(benchmark.id)
        if main:
            others = [one for one in newest if one not in whole or whole.index(one) > whole.index(main)]
            if second := _confirmation(benchmark, main, others):
                confirmations[benchmark.id] = second
        if own:
            first = next((one for one in own if ratio_of(benchmark, one.measured)), own[0])
            local[benchmark.id] = merged(first.measured, own, current)
    adjusted = _with_adjusted_outcomes(catalog, published)
    if cache is not None:
        keep(analyses, runs, cache)
    return SiteData(root, catalog, runs, store.set_aside, analyses, adjusted, local, confirmations, frozenset(changed))


def _complete(benchmark: Benchmark, runs: Iterable[StoredRun], analyses: Analyses) -> list[Candidate]:
    """Return the complete results of a benchmark, in the order of the runs."""
    heads = ((stored, stored.head(benchmark.id)) for stored in runs)
    return [Candidate(stored, benchmark.id, head, analyses) for stored, head in heads if head and head.complete]


def _repeats_a_part_of(one: Candidate, other: Candidate) -> bool:
    """Whether a result has fewer programs than another, each as it is there and in the same conditions: a run of headlines."""
    fewer = one.head.programs.items() < other.head.programs.items()
    return fewer and _conditions(one.stored.run) == _conditions(other.stored.run)


def _headline_publishable(benchmark: Benchmark, measured: Measured) -> bool:
    ratio = ratio_of(benchmark, measured)
    return ratio is not None and ratio.publishable


def _confirmation(benchmark: Benchmark, main: Candidate, runs: Sequence[Candidate]) -> Confirmation | None:
    """Return what other runs of the same two programs, runtimes and machine say of the headline that is published.

    The newest that confirms it counts; without one the newest that does not, and then the newest that is too wide to do so.
    """
    newer, started, band = ratio_of(benchmark, main.measured), main.stored.run.started, history.band(benchmark)
    others = []
    for other in runs:
        if newer and _measured_alike(other, main, newer) and (ratio := ratio_of(benchmark, other.former)):
            run = other.stored.run
            others.append(history.confirmation(run.id, ratio, newer, abs(started - run.started), band))
    states = get_args(ConfirmationState)
    return min((one for one in others if one), key=lambda one: states.index(one.state), default=None)


def _measured_alike(one: Candidate, other: Candidate, ratio: Ratio) -> bool:
    """Whether two results have the programs of a ratio as they were, with the same runtimes, on the same machine."""
    before, after = ([head.programs.get(program) for program in (ratio.python, ratio.go)] for head in (one.head, other.head))
    return None not in before and before == after and _conditions(one.stored.run) == _conditions(other.stored.run)


def _conditions(run: Run) -> tuple[object, ...]:
    """Return what has to be equal for results to be of the same conditions: machine, interpreters' builds, Go's."""
    return run.machine.identity, tuple(python.build for python in run.pythons), run.go.build


def _changed(measured: Measured, current: Mapping[str, str]) -> bool:
    """Whether a program of a result, or a library of one, is no longer what was measured."""
    now = {program: digests.of_program(current, program) for program in measured.head.programs}
    return not now or now != measured.head.programs


def _with_adjusted_outcomes(catalog: Catalog, published: dict[str, Measured]) -> dict[str, Measured]:
    """Return the published estimates with their outcomes corrected for the number of ratios of each section of the catalog."""
    done = dict(published)
    for section in {benchmark.section for benchmark in catalog.benchmarks}:
        ids = [benchmark.id for benchmark in catalog.benchmarks if benchmark.section == section and benchmark.id in published]
        ratios = iter(with_adjusted_outcomes([ratio for id_ in ids for ratio in published[id_].estimate.ratios]))
        for id_ in ids:
            old = published[id_]
            adjusted = tuple(next(ratios) for _ in old.estimate.ratios)
            done[id_] = replace(old, estimate=old.estimate.model_copy(update={"ratios": adjusted}))
    return done


def _same_answers(stored: StoredRun) -> None:
    """Refuse a run with a result whose programs did not all give the same answer."""
    for result in stored.results.values():
        if len(result.answers) > 1:
            answers = "; ".join(f"{checksum:012x}: {', '.join(programs)}" for checksum, programs in result.answers.items())
            raise ResultError(
                f"{stored.folder / result_name(result.benchmark)}: {result.benchmark}: checksum: the programs did not give the "
                f"same answer ({answers}); correct the program that is wrong, remove the run's folder and measure again"
            )
