"""The rounds of a run: fresh processes over all benchmarks, each invocation on disk before the next."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.catalog import Benchmark
from bench.measure.http import web
from bench.measure.instruments import commands, marked, timing
from bench.measure.instruments.base import (
    HarnessError,
    InvocationRequest,
    MeasureContext,
    Sample,
    calibrate,
    value_count,
    warmup_count,
)
from bench.measure.queue import queue
from bench.measure.session import plan, selection
from bench.measure.session.log import RunLog
from bench.measure.session.plan import Slot
from bench.records import profiles, store
from bench.records.run import BenchmarkResult, Invocation, Plan, Run

ATTEMPTS = 3
"""Times that an invocation is made before a failure of what measures ends the run."""
GIVE_UP_AFTER = 3
"""Invocations of a program that may fail one after the other before it is left out."""
CALIBRATION_WARMUPS = 5
CALIBRATION_VALUES = 3
FAILED = "failed: "
"""Begins the reason why a program is unavailable that could have been run."""
StoppingRule = Callable[[BenchmarkResult, Plan], bool]
"""Whether a benchmark needs no further round; the stage after this one knows."""

Objections = Callable[[Invocation], Iterable[str]]
"""What speaks against an invocation; likewise."""


class Instrument(Protocol):
    """What measures a benchmark: a module."""

    def build(self, context: MeasureContext, benchmark: Benchmark, layouts: Sequence[int]) -> list[Path]:
        """Build the benchmark's Go binaries, one for each layout, and make what else it needs; raises ToolchainError."""

    def invoke(self, context: MeasureContext, benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
        """Make one invocation of a program; raises HarnessError where it could not be made for want of something else."""


class Progress(Protocol):
    """Told what happens, for people who wait."""

    def note(self, text: str) -> None:
        """Say one line."""

    def step(self, running: str, done: int, remaining: int) -> None:
        """An invocation begins: so many were made, and so many remain at the least."""


INSTRUMENTS: Mapping[str, Instrument] = {
    "time": timing,
    "memory": marked,
    "observe": marked,
    "command": commands,
    "http": web,
    "queue": queue,
}


def layouts(benchmark: Benchmark, run_plan: Plan) -> tuple[int, ...]:
    """Return the layouts that a benchmark's Go programs are linked with: of a command, the linker's own."""
    return plan.layouts(run_plan.seed, run_plan.layouts) if benchmark.instrument == "time" else ()


def neighbours(benchmark: Benchmark, programs: Iterable[str]) -> list[tuple[str, str]]:
    """Return the pairs of programs that are run one right after the other in a round.

    Each Python program has an invocation beside it of the headline's Go program, or of the first that it is compared with where
    that is another. Of what is loaded, whose invocations take longest, the headline's two are neighbours; and what is run to be
    built, or only once, has none.
    """
    if benchmark.action in commands.ONCE:
        return []
    python = [program for program in programs if program.startswith("python/")]
    if benchmark.is_loaded:
        return [(one, f"go/{benchmark.headline.go}") for one in python if one.split("/")[1] == benchmark.headline.python][:1]
    return [(one, f"go/{_anchor(benchmark, one.split('/')[1])}") for one in python]


def _anchor(benchmark: Benchmark, python: str) -> str:
    compared = benchmark.counterparts(python)
    return benchmark.headline.go if benchmark.headline.go in compared else compared[0]


def differing(answers: Mapping[int, Sequence[str]]) -> str:
    """Say which programs gave which answers, by the checksums of these."""
    return "checksums differ: " + "; ".join(f"{answer:012x} from {', '.join(who)}" for answer, who in answers.items())


def calibrated(
    result: BenchmarkResult, benchmark: Benchmark, run: Run, context: MeasureContext, progress: Progress
) -> BenchmarkResult:
    """Find and freeze loops and warm-ups of the programs that have none yet.

    Where their answers differ none of them is measured: rounds of different work would be lost, and the run with them.
    """
    available, _ = selection.programs(benchmark, context.installed, context.extensions, context.refused)
    layout = next(iter(layouts(benchmark, run.plan)), None)
    loops, warmups, values = dict(result.loops), dict(result.warmups), dict(result.values)
    unavailable = dict(result.unavailable)
    answers: dict[int, list[str]] = {}
    for program in available:
        if program in loops or program in unavailable or program not in run.plan.programs[benchmark.id]:
            continue
        if benchmark.is_loaded:  # nothing to find: a phase takes as long as the plan says
            loops[program], warmups[program], values[program] = 1, 0, 1
            continue
        progress.note(f"Calibrating {benchmark.id} {program}")

        def call(count: int, program: str = program) -> Sample:
            linked = layout if program.startswith("go/") else None
            seed = f"{run.plan.seed} {benchmark.id} {program} {count}"
            request = InvocationRequest(linked, count, CALIBRATION_WARMUPS, CALIBRATION_VALUES, seed)
            return INSTRUMENTS[benchmark.instrument].invoke(context, benchmark, program, request)

        count, sample = (1, call(1)) if benchmark.metric else calibrate(call, run.plan.value_time)
        if sample.failure:
            unavailable[program] = f"{FAILED}{sample.failure}"
            continue
        if sample.checksum is not None:
            answers.setdefault(sample.checksum, []).append(program)
        loops[program], warmups[program], values[program] = count, 0, 1
        if not benchmark.metric:
            warmups[program] = warmup_count(sample, count, run.plan.warmup)
            values[program] = value_count(sample, count, run.plan.values)
    if len(answers) > 1:
        difference = differing(answers)
        progress.note(f"{benchmark.id} is left out: {difference}")
        unavailable |= dict.fromkeys(loops, f"{FAILED}{difference}")
        loops, warmups, values = {}, {}, {}
    return result.model_copy(update={"loops": loops, "warmups": warmups, "values": values, "unavailable": unavailable})


@dataclass
class Rounds:
    """The rounds of one run."""

    folder: Path
    run: Run
    entries: Mapping[str, Benchmark]
    results: dict[str, BenchmarkResult]
    """Kept up to date with what is on disk."""
    context: MeasureContext
    log: RunLog
    objections: Objections

    def make(self, enough: StoppingRule, progress: Progress) -> None:
        """Make rounds until every benchmark has enough, or has no program left that could be measured."""
        aa_controls = plan.aa_controls(self.run.plan.seed, self._headline_programs(), self.run.plan.aa_controls)
        done = 0
        for number in itertools.count():
            under_way = [name for name in self.entries if not store.is_closed(self.folder, name)]
            if not under_way:
                return
            for name in plan.round_order(self.run.plan.seed, number, sorted(self.entries)):
                if name not in under_way:
                    continue
                slots = self._slots(name, number, aa_controls)
                for slot in slots:
                    if self._is_done(name, number, slot):
                        continue
                    remaining = sum(self._remaining(other, aa_controls) for other in under_way)
                    progress.step(f"round {number + 1}: {name} {slot.program}", done, remaining)
                    self._add(name, self._patiently(name, slot, number, progress))
                    done += 1
                # a resumed run asks only where it stopped: the rule must not see rounds that came later, or half of one
                latest = max((i.round for i in self.results[name].invocations), default=0)
                if not slots or (number >= latest and enough(self.results[name], self.run.plan)):
                    self._close(name, number)

    def _add(self, name: str, invocation: Invocation) -> None:
        store.add_invocation(self.folder, name, invocation)
        self.results[name] = self.results[name].model_copy(update={"invocations": (*self.results[name].invocations, invocation)})
        about = {"benchmark": name, "program": invocation.program, "round": invocation.round, "position": invocation.position}
        if invocation.failure:
            self.log.write("failed", **about, failure=invocation.failure)
        elif objections := list(self.objections(invocation)):
            self.log.write("doubtful", **about, objections=objections)

    def _close(self, name: str, number: int) -> None:
        """Write a benchmark's result as a whole. It is complete where every program that could be measured was."""
        result = self.results[name]
        given_up = [program for program in result.loops if self._is_given_up(result, program, number + 1)]
        unmeasured = [program for program, why in result.unavailable.items() if why.startswith(FAILED)]
        complete = not given_up and bool(result.loops or not unmeasured)
        self.results[name] = result.model_copy(update={"complete": complete})
        store.close_result(self.folder, self.results[name])
        store.save_run(self.folder, self.run)
        self.log.write("benchmark ended", benchmark=name, complete=complete, rounds=number + 1, given_up=given_up)

    def _headline_programs(self) -> Iterator[tuple[str, str]]:
        """Yield the (benchmark, program) that may serve as A/A controls: the headline interpreter's and Go's.

        Builds take too long to be made twice, and sizes are always equal.
        """
        for name in sorted(self.results):
            if self.entries[name].action in commands.ONCE:
                continue
            for program in self.results[name].loops:
                if program.startswith("go/") or program.endswith(f"/{self.run.pythons[0].name}"):
                    yield name, program

    def _slots(self, name: str, number: int, aa_controls: frozenset[tuple[str, str]]) -> list[Slot]:
        result = self.results[name]
        programs = [program for program in result.loops if not self._is_given_up(result, program, number)]
        doubled = [program for program in programs if (name, program) in aa_controls]
        entry = self.entries[name]
        linked = layouts(entry, self.run.plan)
        return plan.slots(self.run.plan.seed, number, name, programs, doubled, linked, neighbours(entry, programs))

    def _is_given_up(self, result: BenchmarkResult, program: str, number: int) -> bool:
        """Whether the program's last invocations before round `number` all failed."""
        earlier = [i for i in result.invocations if i.program == program and i.round < number]
        return len(earlier) >= GIVE_UP_AFTER and all(i.failure for i in earlier[-GIVE_UP_AFTER:])

    def _is_done(self, name: str, number: int, slot: Slot) -> bool:
        return any((i.round, i.position) == (number, slot.position) for i in self.results[name].invocations)

    def _remaining(self, name: str, aa_controls: frozenset[tuple[str, str]]) -> int:
        """Return how many invocations a benchmark needs at the least: to the end of the round that it is in, or comes to next."""
        result = self.results[name]
        each_round = len(self._slots(name, 0, aa_controls))
        if each_round == 0 or store.is_closed(self.folder, name):
            return 0
        rounds = 1 + len(result.invocations) // each_round
        min_pairs, _ = profiles.pair_limits(self.run.plan, result.min_pairs)
        return max(min_pairs, rounds) * each_round - len(result.invocations)

    def _patiently(self, name: str, slot: Slot, number: int, progress: Progress) -> Invocation:
        """Make an invocation, and make it again where what measures has failed, as a broker that was killed.

        Raises:
            HarnessError: it has failed each time.
        """
        for _ in range(ATTEMPTS - 1):
            try:
                return self._invocation(name, slot, number)
            except HarnessError as error:
                self.log.write("harness failed", benchmark=name, program=slot.program, round=number, failure=str(error))
                progress.note(f"{name} {slot.program} is measured again: {error}")
        return self._invocation(name, slot, number)

    def _invocation(self, name: str, slot: Slot, number: int) -> Invocation:
        benchmark, result, run_plan = self.entries[name], self.results[name], self.run.plan
        loops, warmups = result.loops[slot.program], result.warmups[slot.program]
        values = result.values.get(slot.program, run_plan.values)
        seed = f"{run_plan.seed} {benchmark.id} {number} {slot.position}"
        request = InvocationRequest(slot.layout, loops, warmups, values, seed, run_plan.phase)
        sample = INSTRUMENTS[benchmark.instrument].invoke(self.context, benchmark, slot.program, request)
        finished = sample.finished
        return Invocation(
            round=number,
            position=slot.position,
            program=slot.program,
            control=slot.control,
            beside=slot.beside,
            layout=slot.layout,
            started=finished.started,
            seconds=round(finished.seconds, 4),
            loops=loops,
            warmups=sample.warmups,
            values=sample.values,
            checksum=sample.checksum,
            steal=round(finished.steal, 4),
            foreign=None if finished.foreign is None else round(finished.foreign, 4),
            load=round(finished.load, 2),
            voluntary_switches=finished.voluntary_switches,
            involuntary_switches=finished.involuntary_switches,
            throttled=finished.throttled,
            swapped=finished.swapped,
            gil=sample.gil,
            readings=sample.readings,
            failure=sample.failure,
        )
