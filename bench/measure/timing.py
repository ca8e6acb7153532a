"""The `time` instrument: pyperf on one side, a `testing` binary on the other, each a fresh process."""

from __future__ import annotations

import math
import os
import random
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyperf

from bench.catalog import Benchmark
from bench.measure import golang, process
from bench.measure.process import Finished

MARGIN = 1.2
"""A value is calibrated to span this much more than it must, so that a fast moment does not fall short."""
MOST_LOOPS = 1 << 40


@dataclass(frozen=True)
class Kit:
    """What the instrument works with in one run."""

    root: Path
    environments: Mapping[str, Mapping[str, Path]]
    """Requirements -> runtime -> the python of its environment."""
    installed: Mapping[str, Mapping[str, Mapping[str, str]]]
    """Requirements -> runtime -> distributions and their versions."""
    variables: Mapping[str, Mapping[str, str]]
    """Runtime -> variables set for it."""
    binaries: Path
    """Folder of the Go binaries."""
    cpus: tuple[int, ...]
    """CPUs that the measured programs are pinned to."""


@dataclass(frozen=True)
class Asked:
    """What one invocation is asked for: `warmups` and then `values` values of `loops` iterations each."""

    layout: int | None
    """Which Go binary; None for Python."""
    loops: int
    warmups: int
    values: int
    chance: str
    """Seed of what is drawn for this invocation alone: the hash seed and the size of the environment."""


@dataclass(frozen=True)
class Sample:
    """What one invocation printed, and how the process fared. Times are seconds per iteration."""

    finished: Finished
    warmups: tuple[float, ...] = ()
    values: tuple[float, ...] = ()
    checksum: int | None = None
    failure: str | None = None
    """Why there are no values."""


class BadOutputError(Exception):
    """A measured program ended well but did not print what its harness prints."""


def binary(kit: Kit, benchmark: Benchmark, program: str, layout: int) -> Path:
    """Return where the Go binary of a program with one layout lies."""
    return kit.binaries / str(layout) / f"{_go_package(benchmark, program).replace('/', '--')}.test"


def build(kit: Kit, benchmarks: Sequence[Benchmark], layouts: Sequence[int]) -> list[Path]:
    """Build every Go binary of the run; raises ToolchainError with the compiler's message."""
    jobs = [
        (go.package, layout, binary(kit, benchmark, f"go/{tier}", layout))
        for layout in layouts
        for benchmark in benchmarks
        for tier, go in benchmark.go.items()
    ]
    golang.build_all(kit.root, jobs)
    return [job[2] for job in jobs]


def invoke(kit: Kit, benchmark: Benchmark, program: str, asked: Asked) -> Sample:
    """Run one invocation of a program."""
    if asked.layout is not None:
        return _invoke_go(kit, benchmark, program, asked.layout, asked)
    return _invoke_python(kit, benchmark, program, asked)


def calibrate(call: Callable[[int], Sample], value_time: float) -> tuple[int, Sample]:
    """Find the loops with which one value spans `value_time` seconds.

    Args:
        call: makes an invocation with so many loops.
        value_time: seconds.

    Returns:
        The loops and the last invocation, which has failed if calibration did.
    """
    loops = 1
    while True:
        sample = call(loops)
        if sample.failure:
            return loops, sample
        fastest = min(sample.values)
        if fastest * loops >= value_time:
            return loops, sample
        enough = math.ceil(value_time * MARGIN / fastest)
        loops = min(max(loops + 1, enough), loops * 1000, MOST_LOOPS)


def warmup_count(sample: Sample, loops: int, warmup: float) -> int:
    """Return how many values make up `warmup` seconds."""
    return math.ceil(warmup / (min(sample.values) * loops)) if warmup > 0 else 0


def parse_go(output: str, loops: int) -> tuple[list[float], int]:
    """Read the lines of a benchmark binary: seconds per iteration, and the checksum that all lines carry.

    Raises:
        BadOutputError: no result line, other iterations than asked for, a metric that is missing, or checksums that differ from
            line to line.
    """
    values: list[float] = []
    checksums: set[int] = set()
    for line in output.splitlines():
        fields = line.split()
        if len(fields) < 2 or not fields[0].startswith("Benchmark") or not fields[1].isdigit():
            continue
        if int(fields[1]) != loops:
            raise BadOutputError(f"asked for {loops} iterations, the binary made {fields[1]}")
        try:
            metrics = dict(zip(fields[3::2], fields[2::2], strict=True))
            values.append(float(metrics["total-ns"]) / loops / 1e9)
            checksums.add(int(float(metrics["checksum"])))
        except (KeyError, ValueError, OverflowError) as error:
            raise BadOutputError(f"no total-ns and checksum in {line!r}") from error
    if len(checksums) != 1:
        raise BadOutputError(f"{len(checksums)} different checksums in {len(values)} values")
    return values, checksums.pop()


def _invoke_go(kit: Kit, benchmark: Benchmark, program: str, layout: int, asked: Asked) -> Sample:
    command = [
        str(binary(kit, benchmark, program, layout)),
        "-test.run=^$",
        "-test.bench=^BenchmarkRun$",
        f"-test.benchtime={asked.loops}x",
        f"-test.count={asked.warmups + asked.values}",
    ]
    folder = kit.root / golang.MODULE / _go_package(benchmark, program)
    finished = process.run(command, cwd=folder, environment=_environment({}, asked.chance), cpus=kit.cpus)
    if finished.failure:
        return Sample(finished, failure=finished.failure)
    try:
        measured, checksum = parse_go(finished.stdout, asked.loops)
    except BadOutputError as error:
        return Sample(finished, failure=str(error))
    return Sample(finished, _rounded(measured[: asked.warmups]), _rounded(measured[asked.warmups :]), checksum)


def _invoke_python(kit: Kit, benchmark: Benchmark, program: str, asked: Asked) -> Sample:
    _, tier, runtime = program.split("/")
    implementation = next(python for name, python in benchmark.python.items() if name == tier)
    executable = kit.environments[benchmark.requirements][runtime]
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "benchmark.json"
        command = [
            *(str(executable), "-m", "bench.workloads", benchmark.id, implementation.module, str(output)),
            *(f"--loops={asked.loops}", f"--warmups={asked.warmups}", f"--values={asked.values}"),
        ]
        environment = _environment(kit.variables[runtime], asked.chance)
        finished = process.run(command, cwd=kit.root, environment=environment, cpus=kit.cpus)
        if finished.failure:
            return Sample(finished, failure=finished.failure)
        try:
            (measured,) = pyperf.Benchmark.load(str(output)).get_runs()
            checksum = int(measured.get_metadata()["checksum"])
        except (OSError, ValueError, KeyError) as error:
            return Sample(finished, failure=f"pyperf cannot read what the worker wrote: {error}")
    return Sample(finished, _rounded(value for _, value in measured.warmups), _rounded(measured.values), checksum)


def _rounded(values: Iterable[float]) -> tuple[float, ...]:
    """Keep six significant digits: far below what separates two invocations."""
    return tuple(float(f"{value:.6g}") for value in values)


def _go_package(benchmark: Benchmark, program: str) -> str:
    tier = program.removeprefix("go/")
    return next(go.package for name, go in benchmark.go.items() if name == tier)


def _environment(variables: Mapping[str, str], chance: str) -> dict[str, str]:
    """Return a small environment, padded at random: its size moves the stack, and with it the figures. So does the hash seed.

    Mytkowicz et al., "Producing wrong data without doing anything obviously wrong", ASPLOS 2009.
    """
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR") if key in os.environ}
    draw = random.Random(chance)
    drawn = {"PYTHONHASHSEED": str(draw.randrange(1 << 32)), "PADDING": "x" * draw.randrange(4096)}
    return {**kept, "LANG": "C.UTF-8", **drawn, **variables}
