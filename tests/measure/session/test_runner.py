from __future__ import annotations

import json
import secrets
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pytest

from bench.analyse import stopping
from bench.analyse.objections import objections
from bench.catalog import Benchmark
from bench.measure.host import golang, pythons
from bench.measure.host.golang import ToolchainError
from bench.measure.host.host import Host
from bench.measure.instruments import marked, timing
from bench.measure.instruments.base import HarnessError, InvocationRequest, MeasureContext, Sample
from bench.measure.processes.process import Finished
from bench.measure.session import digests, runner, selection
from bench.measure.session.rounds import CALIBRATION_WARMUPS, StoppingRule
from bench.measure.session.runner import Rules
from bench.records import ignored, store
from bench.records.files import ResultError
from bench.records.locks import HeldError
from bench.records.profiles import Profile
from bench.records.run import BenchmarkResult, Invocation, Plan
from bench.records.store import StoredRun
from tests import synthetic
from tests.cataloged import CATALOG
from tests.kinds import first
from tests.measure import hangs, hosts

FIB, NORM, EMPTY = "execution/fib", "execution/spectral-norm", "memory/base-empty"
READ = "python/interpreter/cpython-3.14"
PURE, NATIVE, GO = "python/pure/cpython-3.14", "python/native-library/cpython-3.14", "go/standard-library"
FINISHED = Finished("", None, synthetic.STARTED, 0.4, 0.0, 0.1, 1, 1, 0, 0)
COMMAND = "scripts/build.py bench"
Slot = tuple[str, int, int, str, bool, int | None]
really = marked.invoke


def steady(_: Benchmark, program: str, request: InvocationRequest) -> Sample:
    """Answer as a program does that always takes the same time, long enough to be calibrated at once."""
    seconds = 0.05 if program.startswith("python/") else 0.03
    return Sample(FINISHED, (seconds,) * request.warmups, (seconds,) * request.values, 42)


@dataclass
class Bench:
    """The runner over made-up programs."""

    host: Host
    results: Path
    notes: list[str] = field(default_factory=list)
    answer: Callable[[Benchmark, str, InvocationRequest], Sample] = steady
    calls: int = 0
    killed_at: int | None = None
    """The invocation, calibration's included, at which the harness is killed."""

    def invoke(self, context: MeasureContext, benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
        del context
        self.calls += 1
        if self.calls == self.killed_at:
            raise KeyboardInterrupt
        return self.answer(benchmark, program, request)

    def note(self, text: str) -> None:
        self.notes.append(text)

    def step(self, running: str, done: int, remaining: int) -> None:
        assert done >= 0
        assert remaining >= 1, running

    def create_run(self, *ids: str, profile: Profile = "smoke") -> StoredRun:
        programs = {benchmark.id: selection.planned(self.host, benchmark) for benchmark in self.benchmarks(ids)}
        return runner.create_run(self.host, programs, profile, self.results, COMMAND, self)

    def resume(self, stored: StoredRun, enough: StoppingRule = stopping.enough_for, command: str | None = COMMAND) -> StoredRun:
        """Resume what is on disk."""
        return runner.resume(
            stored.folder, self.host, self.benchmarks(stored.run.plan.benchmarks), Rules(enough, objections), self, command
        )

    def measure(self, *ids: str, profile: Profile = "smoke") -> StoredRun:
        return self.resume(self.create_run(*ids, profile=profile), command=None)

    def benchmarks(self, ids: tuple[str, ...]) -> list[Benchmark]:
        return [CATALOG.benchmark(name) for name in ids]


@pytest.fixture
def bench(sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """Return a runner whose environments, binaries and invocations are made up, and whose seed is fixed."""
    made = Bench(hosts.host(sources), tmp_path / "results")
    for instrument in (timing, marked):
        monkeypatch.setattr(instrument, "invoke", made.invoke)
        monkeypatch.setattr(instrument, "build", lambda *_: [])
    monkeypatch.setattr(golang, "built", lambda go, *_: go)
    monkeypatch.setattr(Host, "environments", lambda host, _: {i.name: i.executable for i in host.interpreters})
    monkeypatch.setattr(pythons, "packages", lambda _: {"pyperf": "2.10.0", "numpy": "2.5.5"})
    monkeypatch.setattr(secrets, "randbits", lambda _: 20261123)
    return made


def slots(stored: StoredRun) -> list[Slot]:
    """Return what was measured, in the order of the plan."""
    return sorted(
        (name, i.round, i.position, i.program, i.control, i.layout)
        for name, result in stored.results.items()
        for i in result.invocations
    )


def on_disk(stored: StoredRun) -> list[Invocation]:
    return [i for result in store.load_run(stored.folder).results.values() for i in result.invocations]


def test_a_finished_run_is_on_disk_as_it_was_returned(bench: Bench) -> None:
    measured = bench.measure(FIB, NORM)
    assert store.load_run(measured.folder) == measured
    assert measured.run.finished is not None
    assert all(result.complete for result in measured.results.values())


def test_a_smoke_run_is_five_rounds_of_every_program_and_two_controls(bench: Bench) -> None:
    measured = bench.measure(FIB, NORM)
    ordinary = Counter((slot[0], slot[3]) for slot in slots(measured) if not slot[4])
    assert ordinary == {(FIB, PURE): 5, (FIB, GO): 5, (NORM, PURE): 5, (NORM, NATIVE): 5, (NORM, GO): 10}  # one beside each
    controls = Counter((slot[0], slot[3]) for slot in slots(measured) if slot[4])
    assert list(controls.values()) == [5, 5]
    assert {program.partition("/")[0] for _, program in controls} == {"python", "go"}


def test_rounds_of_all_benchmarks_interleave(bench: Bench) -> None:
    order: list[str] = []

    def answer(benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
        order.append(benchmark.id)
        return steady(benchmark, program, request)

    bench.answer = answer
    bench.measure(FIB, NORM)
    assert sum(before != after for before, after in pairwise(order)) >= 6


def test_go_programs_are_run_in_every_layout_of_the_plan(bench: Bench) -> None:
    measured = bench.measure(FIB, profile="quick")
    layouts = Counter(slot[5] for slot in slots(measured) if slot[3] == GO)
    assert len(layouts) == measured.run.plan.layouts == 4
    assert {slot[5] for slot in slots(measured) if slot[3] == PURE} == {None}


def test_only_the_headlines_interpreter_and_go_are_measured_against_themselves(bench: Bench) -> None:
    variants = (hosts.interpreter(), hosts.interpreter({"PYTHON_JIT": "1"}, jit=True))
    bench.host = hosts.host(bench.host.root, *variants)
    measured = bench.measure(FIB, NORM, profile="quick")
    assert {slot[3] for slot in slots(measured)} >= {PURE, f"{PURE}-jit"}
    assert not [slot for slot in slots(measured) if slot[4] and slot[3].endswith("-jit")]


def test_every_invocation_is_on_disk_before_the_next_begins(bench: Bench) -> None:
    stored = bench.create_run(FIB, NORM)
    seen: list[int] = []

    def answer(benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
        seen.append(len(on_disk(stored)))
        return steady(benchmark, program, request)

    bench.answer = answer
    bench.resume(stored)
    calibrations = 5
    assert seen[calibrations:] == list(range(len(seen) - calibrations))


def test_an_unfinished_run_says_so_on_disk(bench: Bench) -> None:
    assert store.load_run(bench.create_run(FIB).folder).run.finished is None


@pytest.mark.parametrize(("profile", "expected"), [("quick", True), ("full", False), ("smoke", False)])
def test_git_ignores_the_folder_of_a_quick_run(bench: Bench, profile: Profile, expected: bool) -> None:  # noqa: FBT001  a case
    assert (bench.create_run(FIB, profile=profile).folder / ignored.FILE).exists() == expected


@pytest.mark.parametrize("killed_at", first([3, 6, 13, 36, 40, 4, 5, 7, 11, 12, 20, 29, 37, 38, 39], 5))
def test_a_killed_and_resumed_run_measures_the_same_slots_as_one_that_was_not(bench: Bench, killed_at: int) -> None:
    undisturbed = bench.measure(FIB, NORM)
    assert bench.calls == 45  # 5 calibrations, and 5 rounds of 5 programs, one of them beside two others, and 2 controls
    bench.calls, bench.killed_at = 0, killed_at
    stored = bench.create_run(FIB, NORM)
    with pytest.raises(KeyboardInterrupt):
        bench.resume(stored)
    resumed = bench.resume(stored)
    assert slots(resumed) == slots(undisturbed)
    assert resumed.run.plan == undisturbed.run.plan
    assert resumed.run.finished is not None


@pytest.mark.parametrize("killed_at", [1, 2])
def test_a_run_that_is_interrupted_before_it_has_anything_leaves_no_folder(bench: Bench, killed_at: int) -> None:
    bench.killed_at = killed_at
    stored = bench.create_run(FIB, NORM)
    with pytest.raises(KeyboardInterrupt):
        bench.resume(stored)
    assert not stored.folder.exists()


def test_a_run_whose_programs_cannot_be_built_leaves_no_folder(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> list[Path]:
        raise ToolchainError("it does not compile")

    monkeypatch.setattr(timing, "build", broken)
    stored = bench.create_run(FIB)
    with pytest.raises(ToolchainError, match="it does not compile"):
        bench.resume(stored)
    assert not stored.folder.exists()


def test_a_run_that_is_killed_again_and_again_measures_the_same_slots(bench: Bench) -> None:
    undisturbed = bench.measure(FIB, NORM)
    stored = bench.create_run(FIB, NORM)
    killed = 0
    while store.load_run(stored.folder).run.finished is None:
        bench.killed_at = bench.calls + 5
        try:
            bench.resume(stored)
        except KeyboardInterrupt:
            killed += 1
    assert killed > 5
    assert slots(store.load_run(stored.folder)) == slots(undisturbed)


def test_loops_and_warm_ups_are_frozen_before_the_first_round(bench: Bench) -> None:
    bench.killed_at = 20
    stored = bench.create_run(FIB, NORM)
    with pytest.raises(KeyboardInterrupt):
        bench.resume(stored)
    frozen = {name: result.loops for name, result in store.load_run(stored.folder).results.items()}
    bench.answer = lambda *_: Sample(FINISHED, (), (0.0001,) * 3, 42)
    resumed = bench.resume(stored)
    assert {name: result.loops for name, result in resumed.results.items()} == frozen
    assert {i.loops for result in resumed.results.values() for i in result.invocations} == {1}


def test_calibration_finds_loops_that_span_the_plans_value_time(bench: Bench) -> None:
    bench.answer = lambda _, program, request: Sample(FINISHED, (), (1e-4 if program == PURE else 1e-6,) * request.values, 42)
    result = bench.measure(FIB, profile="quick").results[FIB]
    assert result.loops == {PURE: pytest.approx(240, rel=0.01), GO: pytest.approx(24_000, rel=0.01)}
    assert result.warmups == {PURE: 9, GO: 9}


def test_a_resumed_run_whose_sources_changed_is_refused_with_the_file(bench: Bench, editable: Path) -> None:
    bench.host = hosts.host(editable)
    bench.killed_at = 10
    stored = bench.create_run(FIB)
    with pytest.raises(KeyboardInterrupt):
        bench.resume(stored)
    (editable / "go_examples" / "execution" / "fib" / "more.go").write_text("package fib\n", encoding="utf-8")
    with pytest.raises(
        ResultError, match=r"execution--fib\.json: programs\.go/standard-library: its sources have changed since the run began"
    ):
        bench.resume(stored)


def failing(*programs: str, calibrated: bool) -> Callable[[Benchmark, str, InvocationRequest], Sample]:
    """Answer steadily, but let some programs fail: always, or only once they are calibrated."""

    def answer(benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
        if program in programs and not (calibrated and request.warmups == CALIBRATION_WARMUPS):
            return Sample(FINISHED, failure="exit status 1: MemoryError")
        return steady(benchmark, program, request)

    return answer


def test_a_program_that_fails_three_times_is_left_out_and_reported(bench: Bench) -> None:
    bench.answer = failing(NATIVE, calibrated=True)
    measured = bench.measure(NORM)
    tried = [i for i in measured.results[NORM].invocations if i.program == NATIVE]
    ordinary = [i for i in tried if not i.control]
    assert 2 <= len(ordinary) <= 3 <= len(tried) <= 4
    assert all(i.failure and not i.values for i in tried)
    assert Counter(slot[3] for slot in slots(measured) if not slot[4])[PURE] == 5
    file = measured.folder / "execution--spectral-norm.json"
    assert runner.problems(measured) == [f"{file}: {NORM}: {NATIVE}: exit status 1: MemoryError"]


def test_a_program_that_fails_now_and_then_stays(bench: Bench) -> None:
    calls: Counter[str] = Counter()

    def answer(benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
        calls[program] += 1
        if program == GO and calls[GO] == 3:
            return Sample(FINISHED, failure="exit status 1")
        return steady(benchmark, program, request)

    bench.answer = answer
    measured = bench.measure(FIB, profile="quick")
    paired = {i.round for i in measured.results[FIB].invocations if i.program == GO and not i.failure and not i.control}
    assert len(paired) >= 15


def test_a_program_that_fails_in_calibration_is_unavailable_and_reported(bench: Bench) -> None:
    bench.answer = failing(NATIVE, calibrated=False)
    measured = bench.measure(NORM)
    assert measured.results[NORM].unavailable[NATIVE] == "failed: exit status 1: MemoryError"
    assert NATIVE not in {i.program for i in measured.results[NORM].invocations}
    file = measured.folder / "execution--spectral-norm.json"
    assert runner.problems(measured) == [f"{file}: {NORM}: {NATIVE}: failed: exit status 1: MemoryError"]


@pytest.mark.parametrize("calibrated", [True, False])
def test_a_benchmark_whose_programs_all_fail_ends_and_the_others_go_on(bench: Bench, *, calibrated: bool) -> None:
    answer = failing(PURE, GO, calibrated=calibrated)
    bench.answer = lambda benchmark, program, request: (answer if benchmark.id == FIB else steady)(benchmark, program, request)
    measured = bench.measure(FIB, NORM)
    (problem,) = runner.problems(measured)
    assert PURE in problem
    assert GO in problem
    assert {i.round for i in measured.results[NORM].invocations} == set(range(5))


def test_a_library_without_package_is_unavailable_but_no_problem(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pythons, "packages", lambda _: {"pyperf": "2.10.0"})
    measured = bench.measure(NORM)
    assert measured.results[NORM].unavailable[NATIVE] == "numpy has no ready-made package for cpython-3.14"
    assert runner.problems(measured) == []


def test_a_run_without_failures_has_no_problems(bench: Bench) -> None:
    assert runner.problems(bench.measure(FIB)) == []


def disagreeing(*, calibrated: bool) -> Callable[[Benchmark, str, InvocationRequest], Sample]:
    """Answer steadily, but let Go's spectral-norm give another answer: always, or only once it is calibrated."""

    def answer(benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
        sample = steady(benchmark, program, request)
        agrees = program != GO or benchmark.id != NORM or (calibrated and request.warmups == CALIBRATION_WARMUPS)
        return sample if agrees else replace(sample, checksum=43)

    return answer


@pytest.mark.parametrize("calibrated", [True, False])
def test_answers_that_differ_are_reported_once_with_who_gave_them(bench: Bench, *, calibrated: bool) -> None:
    bench.answer = disagreeing(calibrated=calibrated)
    (problem,) = runner.problems(bench.measure(NORM, FIB))
    assert problem.startswith(f"{bench.results}")
    assert "execution--spectral-norm.json: execution/spectral-norm: " in problem
    assert "checksums differ: " in problem
    assert f"{0x2A:012x} from " in problem
    assert f"{0x2B:012x} from {GO}" in problem


def test_a_benchmark_whose_answers_differ_in_calibration_has_no_round(bench: Bench) -> None:
    bench.answer = disagreeing(calibrated=False)
    measured = bench.measure(NORM, FIB)
    assert (measured.results[NORM].invocations, measured.results[NORM].complete) == ((), False)
    assert any(note.startswith(f"{NORM} is left out: checksums differ: ") for note in bench.notes)


def test_the_others_are_measured_beside_one_whose_answers_differ(bench: Bench) -> None:
    bench.answer = disagreeing(calibrated=False)
    measured = bench.measure(NORM, FIB)
    assert measured.results[FIB].complete
    assert {i.round for i in measured.results[FIB].invocations} == set(range(5))


def test_runs_of_one_day_and_commit_have_folders_of_their_own(bench: Bench) -> None:
    names = [bench.create_run(FIB).folder.name for _ in range(3)]
    assert [name.removeprefix(names[0]) for name in names] == ["", "-2", "-3"]


def test_each_time_that_a_run_is_resumed_is_a_part_of_its_own(bench: Bench) -> None:
    bench.killed_at = 10
    stored = bench.create_run(FIB)
    with pytest.raises(KeyboardInterrupt):
        bench.resume(stored, command=None)
    resumed = bench.resume(stored, command="scripts/build.py bench --resume")
    assert [part.command for part in resumed.run.parts] == [COMMAND, "scripts/build.py bench --resume"]
    assert {part.harness for part in resumed.run.parts} == {digests.harness(bench.host.root)}


def test_a_finished_run_is_sealed_and_leaves_neither_lock_nor_journal(bench: Bench) -> None:
    measured = bench.measure(FIB)
    names = {path.name for path in measured.folder.iterdir()}
    assert names == {"run.json", "bench.log", "execution--fib.json"}
    assert measured.run.seal is not None
    assert measured.run.seal.files.keys() == {"execution--fib.json"}


def test_the_log_says_what_began_what_failed_and_what_ended(bench: Bench) -> None:
    bench.answer = failing(NATIVE, calibrated=True)
    measured = bench.measure(NORM)
    lines = [json.loads(line) for line in (measured.folder / "bench.log").read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines] == ["part began", *["failed"] * 3, "benchmark ended", "finished"]
    assert {line["failure"] for line in lines if line["event"] == "failed"} == {"exit status 1: MemoryError"}


def test_the_log_says_why_a_part_ended_before_the_run(bench: Bench) -> None:
    bench.killed_at = 10
    stored = bench.create_run(FIB)
    with pytest.raises(KeyboardInterrupt):
        bench.resume(stored, command=None)
    lines = [json.loads(line) for line in (stored.folder / "bench.log").read_text(encoding="utf-8").splitlines()]
    assert (lines[-1]["event"], lines[-1]["reason"]) == ("part ended", "KeyboardInterrupt")


def test_the_log_says_which_invocations_are_doubtful_and_why(bench: Bench) -> None:
    bench.answer = lambda benchmark, program, request: replace(
        steady(benchmark, program, request), finished=replace(FINISHED, steal=0.5, foreign=0.25)
    )
    measured = bench.measure(FIB)
    lines = [json.loads(line) for line in (measured.folder / "bench.log").read_text(encoding="utf-8").splitlines()]
    objected = [line["objections"] for line in lines if line["event"] == "doubtful"]
    assert objected == [["the hypervisor took 50.0% of its time", "other processes used 25.0% of its CPUs"]] * len(objected)
    assert len(objected) == len(measured.results[FIB].invocations)


def test_a_run_that_another_process_writes_is_refused(bench: Bench) -> None:
    stored = bench.create_run(FIB)
    refused: list[str] = []

    def answer(benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
        try:
            bench.resume(stored)
        except HeldError as error:
            refused.append(str(error))
        return steady(benchmark, program, request)

    bench.answer = answer
    assert bench.resume(stored, command=None).run.finished is not None
    assert len(refused) == bench.calls


def test_a_torn_invocation_is_said_and_made_again(bench: Bench) -> None:
    undisturbed = bench.measure(FIB)
    bench.calls, bench.killed_at = 0, 10
    stored = bench.create_run(FIB)
    with pytest.raises(KeyboardInterrupt):
        bench.resume(stored)
    journal = stored.folder / "execution--fib.jsonl"
    journal.write_bytes(journal.read_bytes()[:-20])
    assert slots(bench.resume(stored)) == slots(undisturbed)
    assert any(note.startswith(f"{journal}: the last line was torn by a kill") for note in bench.notes)


def test_where_what_measures_has_failed_the_invocation_is_made_again_and_the_rest_after_it(bench: Bench) -> None:
    undisturbed = bench.measure(FIB)

    def answer(benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
        if bench.calls == 12:
            raise HarnessError("the broker has ended")
        return steady(benchmark, program, request)

    bench.calls, bench.answer = 0, answer
    measured = bench.measure(FIB)
    assert slots(measured) == slots(undisturbed)
    assert [note for note in bench.notes if note.endswith(" is measured again: the broker has ended")]


def test_what_measures_may_fail_for_good_and_the_invocation_is_made_again_when_it_is_mended(bench: Bench) -> None:
    undisturbed = bench.measure(FIB)

    def answer(benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
        if 12 <= bench.calls < 15:
            raise HarnessError("PostgreSQL has ended")
        return steady(benchmark, program, request)

    bench.calls, bench.answer = 0, answer
    stored = bench.create_run(FIB)
    with pytest.raises(HarnessError, match="PostgreSQL has ended"):
        bench.resume(stored)
    assert store.load_run(stored.folder).run.finished is None
    resumed = bench.resume(stored)
    assert slots(resumed) == slots(undisturbed)
    assert not [i for i in resumed.results[FIB].invocations if i.failure]


def test_a_result_whose_last_invocations_failed_is_not_complete(bench: Bench) -> None:
    bench.answer = failing(NATIVE, calibrated=True)
    assert not bench.measure(NORM).results[NORM].complete


def test_a_result_without_any_program_that_could_be_calibrated_is_not_complete(bench: Bench) -> None:
    bench.answer = failing(PURE, GO, calibrated=False)
    assert not bench.measure(FIB).results[FIB].complete


def test_the_binaries_of_a_run_go_with_it(bench: Bench) -> None:
    measured = bench.measure(FIB)
    assert not (bench.host.root / "build" / "go" / measured.run.id).exists()


def test_a_run_records_its_plan_its_packages_and_what_was_typed(bench: Bench) -> None:
    run = bench.measure(FIB).run
    assert (run.plan.profile, run.plan.seed, run.plan.benchmarks) == ("smoke", 20261123, (FIB,))
    assert run.pythons[0].packages == {"pyperf": "2.10.0", "numpy": "2.5.5"}
    assert run.parts[0].command == COMMAND


def test_the_stopping_rule_is_asked_after_each_round(bench: Bench) -> None:
    counts: list[int] = []

    def enough(result: BenchmarkResult, plan: Plan) -> bool:
        del plan
        counts.append(len(result.invocations))
        return len(counts) == 7

    bench.resume(bench.create_run(FIB), enough)
    assert counts == [4 * number for number in range(1, 8)]


def test_values_that_take_long_are_fewer_and_frozen(bench: Bench) -> None:
    requests: list[InvocationRequest] = []

    def answer(benchmark: Benchmark, program: str, wanted: InvocationRequest) -> Sample:
        requests.append(wanted)
        slow = Sample(FINISHED, (3.0,) * wanted.warmups, (3.0,) * wanted.values, 42)
        return slow if program == PURE else steady(benchmark, program, wanted)

    bench.answer = answer
    result = bench.measure(FIB, profile="quick").results[FIB]
    assert result.values == {PURE: 3, GO: 10}
    assert {len(i.values) for i in result.invocations if i.program == PURE} == {3}
    assert {wanted.values for wanted in requests if wanted.layout is None} == {3}


def test_what_is_read_and_not_timed_has_one_loop_one_value_and_no_warm_up(bench: Bench) -> None:
    requests: list[InvocationRequest] = []

    def answer(benchmark: Benchmark, program: str, wanted: InvocationRequest) -> Sample:
        del benchmark, program
        requests.append(wanted)
        return Sample(FINISHED, (), (1e-9,), 0)

    bench.answer = answer
    result = bench.measure(EMPTY, profile="quick").results[EMPTY]
    programs = {READ, "go/binary"}
    assert (result.loops, result.warmups, result.values) == (
        dict.fromkeys(programs, 1),
        dict.fromkeys(programs, 0),
        dict.fromkeys(programs, 1),
    )
    calibrations, rounds = requests[:2], requests[2:]
    assert {wanted.loops for wanted in calibrations} == {1}
    assert {(wanted.layout, wanted.loops, wanted.warmups, wanted.values) for wanted in rounds} == {(None, 1, 0, 1)}


def test_a_program_that_hangs_has_failed_with_what_it_said_and_the_others_are_measured(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, editable: Path, tmp_path: Path
) -> None:
    reached = tmp_path / "reached"
    bench.host = hosts.host(editable)
    module = editable / "bench" / "workloads" / "memory" / "base_empty.py"
    module.write_text(hangs.program(reached), encoding="utf-8")
    hangs.let_run_out(monkeypatch, reached)

    def invoke(context: MeasureContext, benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
        return really(context, benchmark, program, request) if program == READ else steady(benchmark, program, request)

    monkeypatch.setattr(marked, "invoke", invoke)
    monkeypatch.setattr(Host, "environments", lambda host, _: {i.name: Path(sys.executable) for i in host.interpreters})
    measured = bench.measure(FIB, EMPTY)
    (problem,) = runner.problems(measured)
    assert problem.startswith(f"{measured.folder / 'memory--base-empty.json'}: {EMPTY}: {READ}: failed: ")
    assert problem.endswith("memory.base_empty: killed after 77 s: stuck")
    assert all(result.complete for result in measured.results.values())
    assert {i.round for i in measured.results[EMPTY].invocations if i.program == "go/binary"} == set(range(5))
    assert {i.round for i in measured.results[FIB].invocations if i.program == PURE} == set(range(5))
    assert all(hangs.gone(int(pid)) for pid in reached.read_text().split())
