"""A run from its beginning to its end, over any number of interruptions: equipped, measured round by round, sealed."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.catalog import Benchmark
from bench.measure.host import extensions, golang, machine, pythons
from bench.measure.host.golang import ToolchainError
from bench.measure.host.host import Host
from bench.measure.http import web
from bench.measure.instruments.base import MeasureContext
from bench.measure.processes.reaper import Reaper, reaper
from bench.measure.session import digests, selection
from bench.measure.session.log import RunLog
from bench.measure.session.rounds import (
    FAILED,
    INSTRUMENTS,
    Objections,
    Progress,
    Rounds,
    StoppingRule,
    calibrated,
    differing,
    layouts,
)
from bench.records import ignored, locks, profiles, store
from bench.records.files import ResultError
from bench.records.profiles import Profile
from bench.records.run import BenchmarkResult, Part, Plan, Run
from bench.records.store import StoredRun
from bench.workloads import inputs


@dataclass(frozen=True)
class Rules:
    """What only the stage after this one knows."""

    enough: StoppingRule
    """Asked after each round of each benchmark."""
    objections: Objections
    """Asked after each invocation, for the log."""


EFFORT = ("min_pairs", "max_pairs", "layouts", "aa_controls", "values", "warmup", "value_time", "min_http_rounds", "phase")
"""What a plan takes over from its profile."""


def create_run(
    host: Host,
    programs: Mapping[str, Sequence[str]],
    profile: Profile,
    results: Path,
    command: str,
    progress: Progress,
    only: str = "*",
) -> StoredRun:
    """Make the folder of a new run; git ignores that of a quick one. Environments, binaries and calibration come with `resume`.

    Args:
        host: what is measured with.
        programs: benchmark -> the programs to measure.
        profile: how much is spent.
        results: the folder that gets the run's folder.
        command: what the user typed, for `run.json`; `only` likewise the selection.
        progress: told what happens.
        only: globs of benchmarks, with commas between them.

    Raises:
        ResultError: the folder cannot be made or written; none is left then.
    """
    part = _part(host, command)
    program_cpus, harness_cpus = machine.cpus()
    name = f"{part.started:%Y-%m-%d}-{machine.slug(host.machine.hostname)}-{part.commit[:7]}"
    folder = store.create_folder(results, name)
    run = Run(
        id=folder.name,
        started=part.started,
        finished=None,
        parts=(part,),
        machine=host.machine,
        pythons=host.runtimes,
        go=host.go,
        plan=Plan(
            profile=profile,
            **{key: getattr(profiles.PROFILES[profile], key) for key in EFFORT},
            seed=secrets.randbits(32),
            program_cpus=program_cpus,
            harness_cpus=harness_cpus,
            programs={benchmark: tuple(chosen) for benchmark, chosen in programs.items()},
            only=only,
            database_url=host.shown_postgres_url,
        ),
    )
    try:
        if profile == "quick":
            ignored.ignore(folder)
        store.save_run(folder, run)
    except ResultError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    runtimes = ", ".join(python.name for python in run.pythons)
    size = f"{len(programs)} benchmark{'s' if len(programs) > 1 else ''}"
    progress.note(f"Run {run.id}: {size}, profile {profile}, {runtimes} and {host.go.name}")
    if machine.shared_core(program_cpus, harness_cpus):
        progress.note("Note: this process may use one core only, which the programs share with what measures and loads them.")
    return StoredRun(folder, run, {})


def resume(
    folder: Path,
    host: Host,
    benchmarks: Sequence[Benchmark],
    rules: Rules,
    progress: Progress,
    command: str | None = None,
) -> StoredRun:
    """Measure what the run in `folder` still lacks. May be killed at any moment and called again.

    `benchmarks` are the plan's. `command` is what the user typed to resume a run that was cut short; None where it has just
    been made. Returns the finished run.

    Raises:
        ToolchainError: an environment or a binary cannot be made. A run that has measured nothing then leaves no folder.
        ResultError: a file cannot be written, or what is measured has changed since the run began.
        HarnessError: what measures has failed; the run can be resumed.
        HeldError: another process writes this run.
    """
    with locks.writing(folder), _not_left_empty(folder):
        for path in store.torn_journals(folder):
            progress.note(f"{path}: the last line was torn by a kill; that invocation is made again")
        stored = store.load_run(folder)
        run = stored.run
        if command is not None:
            run = run.model_copy(update={"parts": (*run.parts, _part(host, command))})
            store.save_run(folder, run)
        log = RunLog(folder / store.LOG)
        log.write("part began", command=run.parts[-1].command, commit=run.parts[-1].commit)
        binaries = host.root / "build" / "go" / run.id
        with contextlib.ExitStack() as stack:
            stack.enter_context(_end_logged(log))
            held = stack.enter_context(reaper(run.plan.harness_cpus))
            held.folder(binaries)
            context, run = _equip(folder, run, host, benchmarks, binaries, progress, held)
            context = stack.enter_context(web.backend(context, benchmarks, host.postgres_url))
            stack.enter_context(_harness_pinned(run.plan))
            if context.backend:
                parts = (*run.parts[:-1], run.parts[-1].model_copy(update={"database": context.backend.version}))
                run = run.model_copy(update={"parts": parts})
                store.save_run(folder, run)
            results = {}
            for benchmark in benchmarks:
                result = _opened(stored, host, benchmark, context)
                if not store.is_closed(folder, benchmark.id):
                    result = calibrated(result, benchmark, run, context, progress)
                    store.open_result(folder, result)
                results[benchmark.id] = result
            entries = {benchmark.id: benchmark for benchmark in benchmarks}
            Rounds(folder, run, entries, results, context, log, rules.objections).make(rules.enough, progress)
        ended = max(datetime.now(UTC), run.parts[-1].started)  # a clock may have gone back
        log.write("finished")
        run = store.save_run(folder, run.model_copy(update={"finished": ended}))
        locks.forget(folder)
    return StoredRun(folder, run, results)


def problems(stored: StoredRun) -> list[str]:
    """Return what went wrong in a run: programs that failed, and answers that differ."""
    return failures(stored) + mismatches(stored)


def failures(stored: StoredRun) -> list[str]:
    """Return the programs of a run that failed, by their last reasons; the analysis judges what that means."""
    lines = []
    for result in stored.results.values():
        reasons = {program: why for program, why in result.unavailable.items() if why.startswith(FAILED)}
        reasons |= {invocation.program: invocation.failure for invocation in result.invocations if invocation.failure}
        sharing: dict[str, list[str]] = {}
        for program, why in reasons.items():
            sharing.setdefault(why, []).append(program)
        lines += [f"{_where(stored, result)}: {', '.join(programs)}: {why}" for why, programs in sharing.items()]
    return lines


def mismatches(stored: StoredRun) -> list[str]:
    """Return the benchmarks of a run whose programs did not all give the same answer, with who gave which."""
    return [
        f"{_where(stored, result)}: {differing(result.answers)}" for result in stored.results.values() if len(result.answers) > 1
    ]


def _where(stored: StoredRun, result: BenchmarkResult) -> str:
    return f"{stored.folder / store.result_name(result.benchmark)}: {result.benchmark}"


def _part(host: Host, command: str) -> Part:
    commit, dirty = machine.commit(host.root)
    return Part(
        started=datetime.now(UTC), commit=commit, dirty=dirty, harness=digests.harness(host.root), database=None, command=command
    )


@contextlib.contextmanager
def _not_left_empty(folder: Path) -> Iterator[None]:
    """Remove the folder of a run that ends by an error, or is interrupted, before it has measured anything."""
    try:
        yield
    except BaseException:
        if not store.has_results(folder):
            shutil.rmtree(folder, ignore_errors=True)
        raise


@contextlib.contextmanager
def _end_logged(log: RunLog) -> Iterator[None]:
    """Have the log say why a part ended that does not come to the run's end."""
    try:
        yield
    except BaseException as error:
        log.write("part ended", reason=str(error) or type(error).__name__)
        raise


def _equip(
    folder: Path, run: Run, host: Host, benchmarks: Sequence[Benchmark], binaries: Path, progress: Progress, held: Reaper
) -> tuple[MeasureContext, Run]:
    """Make environments, inputs and binaries, and complete `run.json` with what only they tell."""
    progress.note("Making the measured environments")
    modules = sorted({python.module: python for b in benchmarks for python in b.python.values() if python.extension}.items())
    names = {name for b in benchmarks for name in b.required} | ({extensions.REQUIREMENTS} if modules else set())
    environments, refused = environments_of(host, sorted(names), progress)
    installed: dict[str, Mapping[str, Mapping[str, str]]] = {
        name: {runtime: pythons.packages(python) for runtime, python in by_runtime.items()}
        for name, by_runtime in environments.items()
    }
    installed |= {name: {interpreter.name: {} for interpreter in host.interpreters} for name in refused}
    inputs.materialise(sorted({name for b in benchmarks for name in b.made}), host.root / "build" / "inputs")
    variables = {interpreter.name: dict(interpreter.environment) for interpreter in host.interpreters}
    compiled = {
        (module, runtime): extensions.compiled(python, host.root / program.path, host.root / "build" / "extensions")
        for module, program in modules
        for runtime, python in environments.get(extensions.REQUIREMENTS, {}).items()
        if program.library in installed[extensions.REQUIREMENTS][runtime]
    }
    context = MeasureContext(
        host.root,
        environments,
        installed,
        variables,
        binaries,
        run.plan.program_cpus,
        run.plan.harness_cpus,
        held,
        compiled,
        refused,
    )
    progress.note(f"Building Go binaries, each with {run.plan.layouts} code layouts")
    built = [
        binary
        for benchmark in benchmarks
        for binary in INSTRUMENTS[benchmark.instrument].build(context, benchmark, layouts(benchmark, run.plan))
    ]
    described = tuple(
        runtime.model_copy(
            update={"packages": {k: v for by_runtime in installed.values() for k, v in by_runtime[runtime.name].items()}}
        )
        for runtime in run.pythons
    )
    run = run.model_copy(update={"pythons": described, "go": golang.built(run.go, host.root, built)})
    store.save_run(folder, run)
    return context, run


def environments_of(host: Host, names: Sequence[str], progress: Progress) -> tuple[dict[str, Mapping[str, Path]], dict[str, str]]:
    """Return requirements -> runtime -> the python of its environment, and of requirements that cannot be installed, why.

    Says beforehand what is to be downloaded, where that is much.

    Raises:
        ToolchainError: none can be installed.
    """
    for name in names:
        if size := host.download(name):
            progress.note(f"To download for bench/requirements/{name}.txt: {size}")
    environments: dict[str, Mapping[str, Path]] = {}
    refused: dict[str, str] = {}
    for name in names:
        try:
            environments[name] = host.environments(name)
        except ToolchainError as error:
            progress.note(f"bench/requirements/{name}.txt cannot be installed; programs that need it are left out: {error}")
            refused[name] = f"{selection.NOT_INSTALLED}{name}.txt cannot be installed: {error}"
    if not environments:
        raise ToolchainError("\n".join(why.removeprefix(FAILED) for why in refused.values()))
    return environments, refused


def _opened(stored: StoredRun, host: Host, benchmark: Benchmark, context: MeasureContext) -> BenchmarkResult:
    """Return the benchmark's result as far as it is, or a new one."""
    chosen = stored.run.plan.programs[benchmark.id]
    current = digests.programs(benchmark, host.root)
    wanted = {program: digest for program in chosen if (digest := digests.of_program(current, program))}
    before = stored.results.get(benchmark.id)
    if before is None:
        _, unavailable = selection.programs(benchmark, context.installed, context.extensions, context.refused)
        return BenchmarkResult(
            run=stored.run.id,
            benchmark=benchmark.id,
            programs=wanted,
            complete=False,
            max_half_width=benchmark.max_half_width,
            min_pairs=benchmark.min_pairs,
            better=benchmark.better,
            loops={},
            warmups={},
            unavailable={program: why for program, why in unavailable.items() if program in chosen},
            invocations=(),
        )
    for program, digest in wanted.items():
        if before.programs.get(program) != digest:
            file = stored.folder / store.result_name(benchmark.id)
            raise ResultError(f"{file}: programs.{program}: its sources have changed since the run began; leave --resume out")
    return before


@contextlib.contextmanager
def _harness_pinned(run_plan: Plan) -> Iterator[None]:
    """Keep this process off the measured programs' CPUs."""
    if not run_plan.harness_cpus:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, run_plan.harness_cpus)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
