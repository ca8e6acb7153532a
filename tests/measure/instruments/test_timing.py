from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pyperf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.catalog.loader import ROOT
from bench.measure.host import golang
from bench.measure.host.extensions import Extension
from bench.measure.instruments import timing
from bench.measure.instruments.base import InvocationRequest, MeasureContext, Sample, calibrate, value_count, warmup_count
from bench.measure.instruments.timing import BadOutputError, parse_go
from bench.measure.processes import process
from bench.measure.processes.process import Finished
from bench.measure.processes.reaper import HELD_BY
from bench.measure.processes.tree import ProcessTree
from tests import observed
from tests.cataloged import CATALOG

FINISHED = Finished("", None, datetime(2026, 11, 23, tzinfo=UTC), 0.4, 0.0, 0.1, 1, 1, 0, 0)
LOOPS = st.integers(min_value=1, max_value=1 << 40)
NANOSECONDS = st.integers(min_value=1, max_value=10**14)
CHECKSUM = st.integers(min_value=0, max_value=(1 << 48) - 1)


def metric(value: float, unit: str) -> str:
    """Write a metric as Go's `testing.prettyPrint` does: four significant digits, but every digit of the whole part."""
    for least, digits in ((999.95, 0), (99.995, 1), (9.9995, 2), (0.99995, 3), (0.099995, 4), (0.0099995, 5), (0.00099995, 6)):
        if value == 0 or value >= least:
            return f"{value:.{digits}f} {unit}"
    return f"{value:.7f} {unit}"


def line(loops: int, nanoseconds: Sequence[int], checksum: int) -> str:
    """Return what a benchmark binary prints: metrics sorted by their units, as `testing` does."""
    values = [metric(value, f"{number}-ns") for number, value in enumerate(nanoseconds, 1)]
    ours = sorted([*values, metric(checksum, "checksum")], key=lambda written: written.split()[1])
    iterations = loops * len(nanoseconds)
    return "\t ".join(["BenchmarkRun-2   ", str(iterations), metric(sum(nanoseconds) / max(iterations, 1), "ns/op"), *ours])


def output(*lines: str) -> str:
    return "\n".join(["goos: linux", "goarch: amd64", "pkg: go_examples/execution/fib", "cpu: Example", *lines, "PASS", ""])


@given(LOOPS, st.lists(NANOSECONDS, min_size=1, max_size=20), CHECKSUM)
def test_lines_are_read_back_as_they_were_written(loops: int, nanoseconds: list[int], checksum: int) -> None:
    values, read = parse_go(output(line(loops, nanoseconds, checksum)), loops)
    assert values == pytest.approx([each / loops / 1e9 for each in nanoseconds], rel=1e-12)
    assert read == checksum


def test_other_iterations_than_asked_for_are_refused() -> None:
    with pytest.raises(BadOutputError, match="asked for 10 iterations of each value, the binary ran 200 for 2"):
        parse_go(output(line(100, [5000, 6000], 1)), 10)


@pytest.mark.parametrize(
    "metrics",
    [
        "500 ns/op\t 9 1-ns",
        "500",
        "five ns/op\t x 1-ns\t 7 checksum",
        "500 ns/op\t 9 2-ns\t 7 checksum",
        "9 1-ns\t 7",
    ],
)
def test_a_missing_metric_is_refused_with_the_line(metrics: str) -> None:
    with pytest.raises(BadOutputError, match="no values and checksum in 'BenchmarkRun"):
        parse_go(output(f"BenchmarkRun-2\t 10\t {metrics}"), 10)


@pytest.mark.parametrize("text", ["", "PASS\n", "BenchmarkRun-2\n", "BenchmarkRun-2 \t--- FAIL\n"])
def test_output_without_values_is_refused(text: str) -> None:
    with pytest.raises(BadOutputError, match="0 lines of results"):
        parse_go(text, 10)


def test_more_than_one_run_of_the_benchmark_is_refused() -> None:
    with pytest.raises(BadOutputError, match="2 lines of results"):
        parse_go(output(line(10, [5000], 1), line(10, [5000], 1)), 10)


@given(st.text(), LOOPS)
def test_any_text_is_read_or_refused(text: str, loops: int) -> None:
    try:
        values, _ = parse_go(f"BenchmarkRun {loops} {text}", loops)
    except BadOutputError:
        return
    assert values


@given(st.floats(min_value=1e-10, max_value=100), st.floats(min_value=0, max_value=0.01), st.sampled_from([0.002, 0.02]))
def test_calibration_ends_with_values_that_span_the_value_time(each: float, overhead: float, value_time: float) -> None:
    calls: list[int] = []

    def call(loops: int) -> Sample:
        calls.append(loops)
        return Sample(FINISHED, values=((each * loops + overhead) / loops, each * 1.5 + overhead))

    loops, sample = calibrate(call, value_time)
    assert min(sample.values) * loops >= value_time
    assert calls[-1] == loops
    assert calls == sorted(set(calls))


@given(st.floats(min_value=1e-10, max_value=100))
def test_calibration_does_not_overshoot_a_steady_program(each: float) -> None:
    loops, _ = calibrate(lambda _: Sample(FINISHED, values=(each,)), 0.02)
    assert loops == 1 or (loops - 1) * each <= 0.02 * 1.2


def test_calibration_ends_at_a_failure() -> None:
    samples = iter([Sample(FINISHED, values=(1e-6,)), Sample(FINISHED, failure="exit status 2: panic")])
    _, sample = calibrate(lambda _: next(samples), 0.02)
    assert sample.failure == "exit status 2: panic"


@pytest.mark.parametrize(("warmup", "count"), [(0.0, 0), (0.2, 10), (0.001, 1)])
def test_warm_up_values_make_up_the_warm_up_time(warmup: float, count: int) -> None:
    assert warmup_count(Sample(FINISHED, values=(0.004, 0.005)), 5, warmup) == count


@pytest.mark.parametrize(("seconds", "count"), [(0.02, 10), (0.1, 10), (0.15, 7), (0.34, 3), (0.5, 3), (60.0, 3)])
def test_values_make_up_a_second_but_are_not_fewer_than_three_nor_more_than_the_plans(seconds: float, count: int) -> None:
    assert value_count(Sample(FINISHED, values=(seconds / 5, seconds)), 5, 10) == count


def test_a_plan_of_fewer_than_three_values_has_no_more() -> None:
    assert value_count(Sample(FINISHED, values=(60.0,)), 1, 2) == 2


CONTEXT = MeasureContext(
    root=ROOT,
    environments={"core": {"cpython-3.14": Path("/made/bin/python")}},
    installed={},
    variables={"cpython-3.14": {"PYTHON_JIT": "1"}},
    binaries=Path("/made/binaries"),
    cpus=(1,),
    other_cpus=(0,),
    reaper=observed.held(),
)
BENCHMARK = CATALOG.benchmark("execution/json")
PYTHON, GO = "python/native-library/cpython-3.14", "go/library"


@dataclass
class Ran:
    """What was run, in the place of a process."""

    finished: Finished = FINISHED
    commands: list[Sequence[str]] = field(default_factory=list)
    environments: list[Mapping[str, str]] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    writes: pyperf.Benchmark | None = None
    """To the file that the worker is told."""

    def run(self, command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], tree: ProcessTree) -> Finished:
        assert tree.cpus == CONTEXT.cpus
        self.commands.append(command)
        self.environments.append(environment)
        self.folders.append(cwd)
        if self.writes:
            self.writes.dump(next(argument for argument in command if argument.endswith(".json")))
        return self.finished


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> Ran:
    stub = Ran()
    monkeypatch.setattr(process, "run", stub.run)
    return stub


def invoke(program: str, seed: str = "1 execution/json 0 0") -> Sample:
    return timing.invoke(
        CONTEXT, BENCHMARK, program, InvocationRequest(7 if program == GO else None, loops=10, warmups=1, values=2, seed=seed)
    )


def test_a_go_invocation_runs_the_binary_of_its_layout_in_its_package(ran: Ran) -> None:
    ran.finished = replace(FINISHED, stdout=output(line(10, (9000, 5000, 6000), 42)))
    assert invoke(GO) == Sample(ran.finished, warmups=(9e-7,), values=(5e-7, 6e-7), checksum=42)
    package = BENCHMARK.go["library"].package
    assert ran.commands[0][0] == f"/made/binaries/7/{package.replace('/', '--')}.test"
    assert {"-test.benchtime=30x", "-loops=10"} <= set(ran.commands[0])
    assert ran.folders == [ROOT / "go_examples" / package]


def test_a_go_program_is_started_with_the_variables_of_its_variant(ran: Ran) -> None:
    benchmark = CATALOG.benchmark("execution/binary-trees")
    for variant in ("standard-library", "tuned"):
        request = InvocationRequest(7, loops=10, warmups=1, values=2, seed="1")
        timing.invoke(CONTEXT, benchmark, f"go/{variant}", request)
    assert [variables.get("GOGC") for variables in ran.environments] == [None, "400"]


def test_variants_that_share_a_package_share_its_binary(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[tuple[str, int | None, Path]] = []
    monkeypatch.setattr(golang, "build_all", lambda _, jobs: built.extend(jobs))
    paths = timing.build(CONTEXT, CATALOG.benchmark("execution/binary-trees"), (7, 8))
    assert [(job[0], job[1]) for job in built] == [("execution/binarytrees", 7), ("execution/binarytrees", 8)]
    assert paths == [job[2] for job in built]


def test_a_go_invocation_that_prints_something_else_has_failed(ran: Ran) -> None:
    ran.finished = replace(FINISHED, stdout="PASS\n")
    assert invoke(GO) == Sample(ran.finished, failure="0 lines of results")


@pytest.mark.parametrize(("printed", "counted"), [(0, None), (1, "1 and 0"), (2, "1 and 1"), (4, "1 and 3")])
def test_a_go_invocation_with_another_number_of_values_has_failed(ran: Ran, printed: int, counted: str | None) -> None:
    ran.finished = replace(FINISHED, stdout=output(line(10, [5000] * printed, 42)))
    sample = invoke(GO)
    asked = f"asked for 1 warm-up values and 2 values, and {counted} were printed"
    assert (sample.failure or "").startswith(asked if counted else "no values and checksum in 'BenchmarkRun")
    assert sample.values == ()


@pytest.mark.parametrize(("warmups", "values"), [(1, 1), (1, 3), (0, 2), (2, 2)])
def test_a_python_invocation_with_another_number_of_values_has_failed(ran: Ran, warmups: int, values: int) -> None:
    ran.writes = pyperf.Benchmark(
        [
            pyperf.Run(
                [0.5] * values, warmups=[(10, 0.5)] * warmups, metadata={"name": "json", "checksum": 42}, collect_metadata=False
            )
        ]
    )
    sample = invoke(PYTHON)
    asked = f"asked for 1 warm-up values and 2 values, and {warmups} and {values} were printed"
    assert (sample.failure, sample.values) == (asked, ())


@pytest.mark.parametrize("program", [PYTHON, GO])
def test_a_process_that_failed_has_no_values(ran: Ran, program: str) -> None:
    ran.finished = replace(FINISHED, failure="exit status 2: panic")
    assert invoke(program) == Sample(ran.finished, failure="exit status 2: panic")


def test_a_python_invocation_runs_its_module_with_the_runtimes_python(ran: Ran) -> None:
    invoke(PYTHON)
    module = BENCHMARK.python["native-library"].module
    assert list(ran.commands[0][:5]) == ["/made/bin/python", "-m", "bench.workloads", BENCHMARK.id, module]
    assert {"--loops=10", "--warmups=1", "--values=2"} <= set(ran.commands[0])


def test_a_program_that_is_compiled_beforehand_is_run_from_its_extension(ran: Ran) -> None:
    trees = CATALOG.benchmark("execution/binary-trees")
    extensions = {(trees.python["compiled"].module, "cpython-3.14"): Extension(Path("/made/trees.so"))}
    request = InvocationRequest(None, 10, 1, 2, "1")
    timing.invoke(replace(CONTEXT, extensions=extensions), trees, "python/compiled/cpython-3.14", request)
    timing.invoke(CONTEXT, trees, "python/pure/cpython-3.14", request)
    assert ["--extension=/made/trees.so" in command for command in ran.commands] == [True, False]


def test_a_python_invocation_that_writes_nothing_has_failed(ran: Ran) -> None:
    failure = invoke(PYTHON).failure
    assert failure is not None
    assert failure.startswith("pyperf cannot read what the worker wrote: ")
    assert ran.commands


@pytest.mark.parametrize("program", [PYTHON, GO])
def test_hash_seed_and_padding_follow_from_the_invocations_seed(ran: Ran, program: str) -> None:
    for number in (0, 0, 1, 2, 3):
        invoke(program, f"1 execution/json {number} 0")
    first, again, *others = [(e["PYTHONHASHSEED"], e["PADDING"]) for e in ran.environments]
    assert first == again
    assert first not in others


def test_the_variables_of_a_variant_are_set_for_python_alone(ran: Ran) -> None:
    invoke(PYTHON)
    invoke(GO)
    assert [environment.get("PYTHON_JIT") for environment in ran.environments] == ["1", None]


def test_nothing_of_the_harness_environment_but_what_a_process_needs_is_passed_on(
    ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOGC", "off")
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    invoke(GO)
    assert ran.environments[0].keys() <= {"PATH", "HOME", "TMPDIR", "LANG", "PYTHONHASHSEED", "PADDING", HELD_BY}
