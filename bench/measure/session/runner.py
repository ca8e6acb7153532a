"""The measure stage: rounds of fresh processes over all benchmarks, each invocation on disk before the next."""

from __future__ import annotations

import contextlib
import itertools
import os
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from bench.catalog import Benchmark
from bench.measure.host import golang, machine, pythons
from bench.measure.host.host import Host
from bench.measure.http import web
from bench.measure.instruments import commands, marked, timing
from bench.measure.instruments.base import Asked, Kit, Sample, calibrate, value_count, warmup_count
from bench.measure.session import digests, plan, selection
from bench.measure.session.plan import Slot
from bench.records import profiles, store
from bench.records.profiles import Profile
from bench.records.run import BenchmarkResult, Invocation, Plan, Run
from bench.records.store import ResultError, StoredRun
from bench.workloads import inputs

GIVE_UP_AFTER = 3
"""Invocations of a program that may fail one after the other before it is left out."""
CALIBRATION_WARMUPS = 5
CALIBRATION_VALUES = 3
StoppingRule = Callable[[BenchmarkResult, Plan], bool]
"""Whether a benchmark needs no further round; the stage after this one knows."""


class Instrument(Protocol):
    """What measures a benchmark: a module of this package."""

    def build(self, kit: Kit, benchmark: Benchmark, layouts: Sequence[int]) -> list[Path]:
        """Build the benchmark's Go binaries, one for each layout, and make what else it needs; raises ToolchainError."""

    def invoke(self, kit: Kit, benchmark: Benchmark, program: str, asked: Asked) -> Sample:
        """Make one invocation of a program."""


class Progress(Protocol):
    """Told what happens, for people who wait."""

    def note(self, text: str) -> None:
        """Say one line."""

    def step(self, running: str, done: int, remaining: int) -> None:
        """An invocation begins: so many were made, and so many remain at the least."""


INSTRUMENTS: Mapping[str, Instrument] = {"time": timing, "memory": marked, "observe": marked, "command": commands, "http": web}


def begin(
    host: Host, benchmarks: Sequence[Benchmark], profile: Profile, results: Path, command: str, progress: Progress
) -> StoredRun:
    """Make the folder of a new run: environments, binaries and calibration come with `go_on`.

    `results` is the folder that gets the run's folder, `command` what the user typed, for `run.json`.
    """
    effort = profiles.PROFILES[profile]
    commit, dirty = machine.commit(host.root)
    started = datetime.now(UTC)
    program_cpus, harness_cpus = machine.cpus()
    run = Run(
        id=_free_name(results, f"{started:%Y-%m-%d}-{host.machine.hostname.lower()}-{commit[:7]}"),
        started=started,
        finished=None,
        commit=commit,
        dirty=dirty,
        command=command,
        machine=host.machine,
        pythons=host.runtimes,
        go=host.go,
        plan=Plan(
            profile=profile,
            **{
                name: getattr(effort, name)
                for name in ("min_pairs", "max_pairs", "layouts", "controls", "values", "warmup", "value_time", "served", "phase")
            },
            seed=secrets.randbits(32),
            program_cpus=program_cpus,
            harness_cpus=harness_cpus,
            benchmarks=tuple(benchmark.id for benchmark in benchmarks),
        ),
    )
    folder = results / run.id
    store.save_run(folder, run)
    variants = ", ".join(python.name for python in run.pythons)
    progress.note(f"Run {run.id}: {len(benchmarks)} benchmarks, profile {profile}, {variants} and {host.go.name}")
    return StoredRun(folder, run, {})


def go_on(stored: StoredRun, host: Host, benchmarks: Sequence[Benchmark], enough: StoppingRule, progress: Progress) -> StoredRun:
    """Measure what the run's plan still lacks. May be killed at any moment and called again.

    `stored` comes from `begin` or from disk, `benchmarks` are the plan's, `enough` is the stopping rule, asked after each
    round of each benchmark. Returns the finished run.

    Raises:
        ToolchainError: an environment or a binary cannot be made.
        ResultError: a file cannot be written, or the sources have changed since the run began.
    """
    run = stored.run
    kit, run = _equip(stored.folder, run, host, benchmarks, progress)
    results = {b.id: _opened(stored, host, b, kit) for b in benchmarks}
    with web.backend(kit, benchmarks, host.postgres_url) as equipped, _harness_pinned(run.plan):
        if equipped.backend:
            run = run.model_copy(update={"database": equipped.backend.version})
            store.save_run(stored.folder, run)
        for benchmark in benchmarks:
            results[benchmark.id] = _calibrated(results[benchmark.id], benchmark, run, equipped, progress)
            store.save_result(stored.folder, results[benchmark.id])
        _rounds(stored.folder, run, benchmarks, results, equipped, enough, progress)
    run = run.model_copy(update={"finished": datetime.now(UTC)})
    store.save_run(stored.folder, run)
    return StoredRun(stored.folder, run, results)


def problems(stored: StoredRun) -> list[str]:
    """Return what went wrong in a run: programs that failed, and answers that differ."""
    found = []
    for result in stored.results.values():
        where = f"{stored.folder / store.result_name(result.benchmark)}: {result.benchmark}"
        found += [f"{where}: {program}: {why}" for program, why in result.unavailable.items() if why.startswith("failed: ")]
        failures = {i.program: i.failure for i in result.invocations if i.failure}
        found += [f"{where}: {program}: {failure}" for program, failure in failures.items()]
        if mismatch := checksum_mismatch(result):
            found.append(f"{where}: {mismatch}")
    return found


def checksum_mismatch(result: BenchmarkResult) -> str | None:
    """Return which programs of a benchmark gave which answers, if they are not all the same."""
    answers: dict[int, set[str]] = {}
    for invocation in result.invocations:
        if invocation.checksum is not None:
            answers.setdefault(invocation.checksum, set()).add(invocation.program)
    if len(answers) < 2:
        return None
    return "checksums differ: " + "; ".join(f"{checksum:012x} from {', '.join(sorted(who))}" for checksum, who in answers.items())


def _free_name(results: Path, name: str) -> str:
    """Return `name`, or `name-2`, `name-3`, ... where that folder is taken."""
    candidates = (name if number == 1 else f"{name}-{number}" for number in range(1, 1000))
    return next(candidate for candidate in candidates if not (results / candidate).exists())


def _equip(folder: Path, run: Run, host: Host, benchmarks: Sequence[Benchmark], progress: Progress) -> tuple[Kit, Run]:
    """Make environments, inputs and binaries, and complete `run.json` with what only they tell."""
    progress.note("Making the measured environments")
    environments: dict[str, Mapping[str, Path]] = {
        name: host.environments(name) for name in sorted({b.requirements for b in benchmarks})
    }
    installed: dict[str, Mapping[str, Mapping[str, str]]] = {
        name: {runtime: pythons.packages(python) for runtime, python in made.items()} for name, made in environments.items()
    }
    inputs.materialise(sorted({name for b in benchmarks for name in b.files.values()}), host.root / "build" / "inputs")
    variables = {found.name: dict(found.environment) for found in host.interpreters}
    kit = Kit(
        host.root,
        environments,
        installed,
        variables,
        host.root / "build" / "go" / run.id,
        run.plan.program_cpus,
        run.plan.harness_cpus,
    )
    progress.note(f"Building Go binaries, each with {run.plan.layouts} code layouts")
    built = [
        binary
        for benchmark in benchmarks
        for binary in INSTRUMENTS[benchmark.instrument].build(kit, benchmark, _layouts(benchmark, run.plan))
    ]
    described = tuple(
        runtime.model_copy(update={"packages": {k: v for made in installed.values() for k, v in made[runtime.name].items()}})
        for runtime in run.pythons
    )
    run = run.model_copy(update={"pythons": described, "go": golang.built(run.go, host.root, built)})
    store.save_run(folder, run)
    return kit, run


def _opened(stored: StoredRun, host: Host, benchmark: Benchmark, kit: Kit) -> BenchmarkResult:
    """Return the benchmark's result as far as it is, or a new one."""
    from_sources, digest = digests.sources(benchmark, host.root), selection.digest(host, benchmark)
    before = stored.results.get(benchmark.id)
    if before is None:
        _, unavailable = selection.programs(benchmark, kit.installed[benchmark.requirements])
        return BenchmarkResult(
            run=stored.run.id,
            benchmark=benchmark.id,
            sources=from_sources,
            digest=digest,
            complete=False,
            widest=benchmark.widest,
            fewest=benchmark.fewest,
            better=benchmark.better,
            loops={},
            warmups={},
            unavailable=unavailable,
            invocations=(),
        )
    if before.digest != digest:
        file = stored.folder / store.result_name(benchmark.id)
        raise ResultError(f"{file}: digest: digests, runtimes or machine have changed since the run began; leave --resume out")
    return before


def _calibrated(result: BenchmarkResult, benchmark: Benchmark, run: Run, kit: Kit, progress: Progress) -> BenchmarkResult:
    """Find and freeze loops and warm-ups of the programs that have none yet."""
    available, unavailable = selection.programs(benchmark, kit.installed[benchmark.requirements])
    layout = next(iter(_layouts(benchmark, run.plan)), None)
    loops, warmups, values = dict(result.loops), dict(result.warmups), dict(result.values)
    unavailable |= result.unavailable
    for program in available:
        if program in loops or program in unavailable:
            continue
        if benchmark.instrument == "http":  # nothing to find: a phase takes as long as the plan says
            loops[program], warmups[program], values[program] = 1, 0, 1
            continue
        progress.note(f"Calibrating {benchmark.id} {program}")

        def call(count: int, program: str = program) -> Sample:
            where = layout if program.startswith("go/") else None
            chance = f"{run.plan.seed} {benchmark.id} {program} {count}"
            asked = Asked(where, count, CALIBRATION_WARMUPS, CALIBRATION_VALUES, chance)
            return INSTRUMENTS[benchmark.instrument].invoke(kit, benchmark, program, asked)

        count, sample = (1, call(1)) if benchmark.figure else calibrate(call, run.plan.value_time)
        if sample.failure:
            unavailable[program] = f"failed: {sample.failure}"
            continue
        loops[program], warmups[program], values[program] = count, 0, 1
        if not benchmark.figure:
            warmups[program] = warmup_count(sample, count, run.plan.warmup)
            values[program] = value_count(sample, count, run.plan.values)
    return result.model_copy(update={"loops": loops, "warmups": warmups, "values": values, "unavailable": unavailable})


def _rounds(
    folder: Path,
    run: Run,
    benchmarks: Sequence[Benchmark],
    results: dict[str, BenchmarkResult],
    kit: Kit,
    enough: StoppingRule,
    progress: Progress,
) -> None:
    """Make the rounds; `results` is kept up to date with what is on disk."""
    entries = {benchmark.id: benchmark for benchmark in benchmarks}
    twins = plan.controls(run.plan.seed, _headline_programs(run, entries, results), run.plan.controls)
    made = 0
    for number in itertools.count():
        if all(result.complete for result in results.values()):
            return
        for name in plan.round_order(run.plan.seed, number, sorted(entries)):
            if results[name].complete:
                continue
            slots = _slots(run, entries[name], results[name], number, twins)
            for slot in slots:
                if _done(results[name], number, slot):
                    continue
                remaining = sum(_remaining(run, result, twins) for result in results.values())
                progress.step(f"round {number + 1}: {name} {slot.program}", made, remaining)
                invocation = _invocation(entries[name], results[name], slot, number, run, kit)
                results[name] = results[name].model_copy(update={"invocations": (*results[name].invocations, invocation)})
                store.save_result(folder, results[name])
                made += 1
            # a resumed run asks only where it stopped: the stopping rule must not see rounds that came later, or half of one
            latest = max((i.round for i in results[name].invocations), default=0)
            if not slots or (number >= latest and enough(results[name], run.plan)):
                results[name] = results[name].model_copy(update={"complete": True})
                store.save_result(folder, results[name])


def _headline_programs(
    run: Run, entries: Mapping[str, Benchmark], results: Mapping[str, BenchmarkResult]
) -> Iterator[tuple[str, str]]:
    """Yield the (benchmark, program) that may serve as controls: the headline interpreter's and Go's.

    Builds take too long to be made twice, and sizes are always equal.
    """
    for name in sorted(results):
        if entries[name].action in commands.ONCE:
            continue
        for program in results[name].loops:
            if program.startswith("go/") or program.endswith(f"/{run.pythons[0].name}"):
                yield name, program


def _slots(run: Run, benchmark: Benchmark, result: BenchmarkResult, number: int, twins: frozenset[tuple[str, str]]) -> list[Slot]:
    programs = [program for program in result.loops if not _given_up(result, program, number)]
    doubled = [program for program in programs if (result.benchmark, program) in twins]
    return plan.slots(run.plan.seed, number, result.benchmark, programs, doubled, _layouts(benchmark, run.plan))


def _layouts(benchmark: Benchmark, layout: Plan) -> tuple[int, ...]:
    """Return the layouts that a benchmark's Go programs are linked with: of a command, the linker's own."""
    return plan.layouts(layout.seed, layout.layouts) if benchmark.instrument == "time" else ()


def _given_up(result: BenchmarkResult, program: str, number: int) -> bool:
    """Whether the program's last invocations before round `number` all failed."""
    earlier = [i for i in result.invocations if i.program == program and i.round < number]
    return len(earlier) >= GIVE_UP_AFTER and all(i.failure for i in earlier[-GIVE_UP_AFTER:])


def _done(result: BenchmarkResult, number: int, slot: Slot) -> bool:
    return any((i.round, i.position) == (number, slot.position) for i in result.invocations)


def _remaining(run: Run, result: BenchmarkResult, twins: frozenset[tuple[str, str]]) -> int:
    """Return how many invocations a benchmark needs at the least: to the end of the round that it is in, or comes to next."""
    each_round = len(result.loops) + sum((result.benchmark, program) in twins for program in result.loops)
    if result.complete or each_round == 0:
        return 0
    rounds = 1 + len(result.invocations) // each_round
    fewest, _ = profiles.pairs(run.plan, result.fewest)
    return max(fewest, rounds) * each_round - len(result.invocations)


def _invocation(benchmark: Benchmark, result: BenchmarkResult, slot: Slot, number: int, run: Run, kit: Kit) -> Invocation:
    loops, warmups = result.loops[slot.program], result.warmups[slot.program]
    values = result.values.get(slot.program, run.plan.values)
    chance = f"{run.plan.seed} {benchmark.id} {number} {slot.position}"
    sample = INSTRUMENTS[benchmark.instrument].invoke(
        kit, benchmark, slot.program, Asked(slot.layout, loops, warmups, values, chance, run.plan.phase)
    )
    finished = sample.finished
    return Invocation(
        round=number,
        position=slot.position,
        program=slot.program,
        control=slot.control,
        layout=slot.layout,
        started=finished.started,
        seconds=round(finished.seconds, 4),
        loops=loops,
        warmups=sample.warmups,
        values=sample.values,
        checksum=sample.checksum,
        steal=round(finished.steal, 4),
        load=round(finished.load, 2),
        voluntary_switches=finished.voluntary_switches,
        involuntary_switches=finished.involuntary_switches,
        throttled=finished.throttled,
        swapped=finished.swapped,
        gil=sample.gil,
        readings=sample.readings,
        failure=sample.failure,
    )


@contextlib.contextmanager
def _harness_pinned(layout: Plan) -> Iterator[None]:
    """Keep this process off the measured programs' CPUs."""
    if not layout.harness_cpus:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, layout.harness_cpus)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
