"""What is asked for is measured: a run that was cut short first, if that is wanted, then what is lacking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.catalog import Benchmark, Catalog
from bench.measure.host.golang import ToolchainError
from bench.measure.host.host import Host, find_host
from bench.measure.http import postgres
from bench.measure.session import runner, selection
from bench.measure.session.request import MeasureRequest, changed_since
from bench.measure.session.rounds import Progress
from bench.measure.session.runner import Rules
from bench.records import locks
from bench.records.store import StoredRun, load_store


class CannotResumeError(Exception):
    """The run that was cut short cannot be resumed as it is asked for; the message says why and what to do."""


def measure(
    root: Path,
    catalog: Catalog,
    selected: Sequence[Benchmark],
    request: MeasureRequest,
    results: Path,
    rules: Rules,
    progress: Progress,
    command: str,
) -> list[StoredRun]:
    """Measure what is asked for and lacking; return the runs that came to their end.

    Args:
        root: the project.
        catalog: what the benchmarks of a run that was cut short are looked up in.
        selected: the benchmarks that are asked for.
        request: the options.
        results: the folder of the runs.
        rules: the later stage's.
        progress: told what happens.
        command: what the user typed.

    Raises:
        CannotResumeError: only what was cut short is asked for, and that cannot be.
        HeldError: another process measures on this machine, or writes that run.
        ToolchainError, PostgresError, HarnessError, ResultError: as `find_host`, `postgres.version` and `runner.resume` do.
    """
    with locks.measuring():
        finished = []
        unfinished = _unfinished(results, request, progress) if request.resume else []
        if request.resume == "only" and not unfinished:
            progress.note("No run was cut short: a new one is begun.")
        if unfinished:
            resumed = _resumed(unfinished[-1], root, catalog, request, rules, progress, command)
            finished += [resumed] if resumed else []
            if request.resume == "only":
                return finished
        host = find_host(root, request.pythons or (), request.postgres_url)
        if host.postgres_url and any(benchmark.is_loaded for benchmark in selected):
            postgres.version(host.postgres_url)  # whether it can be used, before anything is built
        programs = _wanted(host, selected, request, results)
        if not programs:
            progress.note(
                f"Nothing to measure: all {len(selected)} benchmarks are measured and unchanged ({request.profile} or better)."
            )
            return finished
        for runtime in host.runtimes:
            if not runtime.optimised:
                progress.note(
                    f"Warning: {runtime.executable} was built without optimisation: its numbers will not be publishable."
                )
        stored = runner.create_run(host, programs, request.profile, results, command, progress, request.only or "*")
        benchmarks = [catalog.benchmark(name) for name in programs]
        return [*finished, runner.resume(stored.folder, host, benchmarks, rules, progress)]


def _unfinished(results: Path, request: MeasureRequest, progress: Progress) -> list[StoredRun]:
    """Return the runs that were cut short, those of the profile last, and say which runs cannot be read."""
    store = load_store(results)
    for run in store.set_aside:
        if request.resume == "only" and any(run.folder.glob("*.jsonl")):
            raise CannotResumeError("\n".join((f"{run.folder.name} cannot be resumed:", *run.reasons)))
        progress.note(f"{run.folder.name} is set aside: {run.reasons[0]}")
    unfinished = [stored for stored in store.runs if stored.run.finished is None]
    return sorted(unfinished, key=lambda stored: stored.run.plan.profile == request.profile)


def _wanted(host: Host, selected: Sequence[Benchmark], request: MeasureRequest, results: Path) -> dict[str, tuple[str, ...]]:
    """Return benchmark -> the programs to measure: those of the headlines or all of them again, or those that are lacking."""
    if request.repeat == "headlines":
        return {benchmark.id: selection.headline(host, benchmark) for benchmark in selected}
    if request.repeat == "all":
        return {benchmark.id: tuple(selection.planned(host, benchmark)) for benchmark in selected}
    return selection.lacking(host, selected, load_store(results).runs, request.profile)


def _resumed(
    stored: StoredRun,
    root: Path,
    catalog: Catalog,
    request: MeasureRequest,
    rules: Rules,
    progress: Progress,
    command: str,
) -> StoredRun | None:
    """Finish a run that was cut short. Where that cannot be, it is an error if nothing else is asked for; or else say why."""
    run = stored.run
    why = request.difference(run)
    if why is None:
        try:
            host = find_host(root, [python.specification for python in run.pythons], request.postgres_url)
            why = changed_since(stored, host, catalog)
        except ToolchainError as error:
            why = str(error)
    if why is not None:
        if request.resume == "only":
            raise CannotResumeError(f"{run.id} cannot be resumed: {why}; leave --resume out to begin a new run")
        progress.note(f"{run.id} was cut short and stays so: {why}")
        return None
    progress.note(f"Resuming {run.id}")
    benchmarks = [catalog.benchmark(name) for name in run.plan.benchmarks]
    return runner.resume(stored.folder, host, benchmarks, rules, progress, command)
