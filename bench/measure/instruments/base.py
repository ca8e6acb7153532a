"""What all instruments share: the context that they work in, the request for an invocation, and the sample that it gives."""

from __future__ import annotations

import contextlib
import math
import os
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.catalog import Benchmark
from bench.measure.host import pythons
from bench.measure.host.extensions import Extension
from bench.measure.host.variables import small_environment
from bench.measure.processes import peer
from bench.measure.processes.limits import Limit
from bench.measure.processes.process import Finished
from bench.measure.processes.reaper import HELD_BY, Reaper
from bench.measure.processes.reaper import HarnessError as HarnessError  # noqa: PLC0414 - where callers of instruments look for it
from bench.measure.processes.tree import ProcessTree
from bench.records.run import Reading

MARGIN = 1.2
"""A value is calibrated to span this much more than it must, so that it does not fall short in a fast moment."""
MOST_LOOPS = 1 << 40
LONGEST = 1.0
"""Seconds that the values of an invocation take together; where they would take longer, there are fewer..."""
FEWEST_VALUES = 3
"""...but at least these."""


@dataclass(frozen=True)
class Backend:
    """The database behind the web servers of a run."""

    url: str
    """Its address."""
    version: str
    """The name it gives itself: "PostgreSQL 18.1"."""
    given: bool
    """Whether it is a server that the user named, whose processes are unknown."""


@dataclass(frozen=True)
class MeasureContext:
    """The environments, binaries, CPUs and helpers that instruments work with in one run."""

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
    other_cpus: tuple[int, ...]
    """CPUs of the harness, and of the other end of the wire."""
    reaper: Reaper
    """Ends what was started, if the harness is killed."""
    extensions: Mapping[tuple[str, str], Extension] = field(default_factory=dict)
    """(Module, runtime) -> what became of each module that is compiled beforehand."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Requirements that could not be installed -> why."""
    backend: Backend | None = None
    """Of a run with web servers."""

    def needed(self) -> Backend:
        """Return the database behind the web servers.

        Raises:
            RuntimeError: the run has none.
        """
        if self.backend is None:
            raise RuntimeError("no backend: web servers are measured within web.backend")
        return self.backend

    def python(self, benchmark: Benchmark, program: str) -> Path:
        """Return the python of the environment that "python/<variant>/<runtime>" runs in."""
        _, variant, runtime = program.split("/")
        return self.environments[benchmark.requirements_of(variant)][runtime]

    def tree(self, benchmark: Benchmark) -> ProcessTree:
        """Return what holds the processes of one invocation."""
        return ProcessTree(self.reaper, self.cpus_for(benchmark), self.other_cpus)

    def cpus_for(self, benchmark: Benchmark) -> tuple[int, ...]:
        """Return the CPUs that a benchmark's programs may use."""
        return self.cpus if benchmark.cpus == "one" else tuple(sorted({*self.cpus, *self.other_cpus}))


@dataclass(frozen=True)
class InvocationRequest:
    """The request for one invocation: `warmups` and then `values` values of `loops` iterations each."""

    layout: int | None
    """Which Go binary; None for Python."""
    loops: int
    warmups: int
    values: int
    seed: str
    """Seed of what is drawn for this invocation alone: the hash seed and the size of the environment."""
    phase: float = 0.0
    """Seconds that a web server is loaded for at a time."""


@dataclass(frozen=True)
class Sample:
    """The values of one invocation, and the record of its process. Times are seconds per iteration."""

    finished: Finished
    warmups: tuple[float, ...] = ()
    values: tuple[float, ...] = ()
    checksum: int | None = None
    gil: bool | None = None
    readings: tuple[Reading, ...] = ()
    failure: str | None = None
    """Why there are no values."""


def build_peer(context: MeasureContext, benchmark: Benchmark) -> None:
    """Build the other end of the wire where the benchmark needs it; raises ToolchainError."""
    if benchmark.companion:
        peer.build(context.root, context.binaries)


@contextlib.contextmanager
def other_end(context: MeasureContext, benchmark: Benchmark) -> Iterator[dict[str, str]]:
    """Run the other end of the wire where the benchmark needs it; yield the variables that give the program its addresses.

    Raises:
        ToolchainError: it does not start.
        HarnessError: it ended before the program did.
    """
    if not benchmark.companion:
        yield {}
        return
    with peer.running(context.binaries, context.other_cpus, context.reaper) as addresses:
        yield addresses


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


def value_count(sample: Sample, loops: int, values: int) -> int:
    """Return how many values an invocation takes: `values`, or fewer where they would take long."""
    return max(min(values, FEWEST_VALUES), min(values, math.ceil(LONGEST / (min(sample.values) * loops))))


def rounded(values: Iterable[float]) -> tuple[float, ...]:
    """Round to six significant digits: far less than the difference between two invocations."""
    return tuple(float(f"{value:.6g}") for value in values)


def go_package(benchmark: Benchmark, program: str) -> str:
    """Return the package of a program "go/<tier>"."""
    tier = program.removeprefix("go/")
    return next(go.package for name, go in benchmark.go.items() if name == tier)


def go_variables(context: MeasureContext, benchmark: Benchmark, program: str) -> dict[str, str]:
    """Return the variables that a program "go/<variant>" is started with: its own, and where the library is that it loads."""
    go = benchmark.go[program.removeprefix("go/")]
    environments = context.environments[benchmark.requirements].values() if go.loads else ()
    libraries = [library for python in environments if (library := pythons.shared_library(python, str(go.loads)))]
    return {**go.environment, **{str(go.loads).upper(): str(library) for library in libraries[:1]}}


def limit(benchmark: Benchmark) -> Limit | None:
    """Return what a benchmark's programs may use, where its input says so: `quota` in CPUs, and `memory` in MiB."""
    if "quota" not in benchmark.input:
        return None
    return Limit(float(benchmark.input["quota"]), int(benchmark.input["memory"]) << 20)


def path_variables(context: MeasureContext, benchmark: Benchmark) -> dict[str, str]:
    """Return the variables by which a process is told of the files that it opens by itself: MODEL for the argument `model`."""
    folder = context.root / "build" / "inputs"
    return {argument.upper(): str(folder / str(benchmark.input[argument])) for argument in benchmark.paths}


def environment(variables: Mapping[str, str], seed: str) -> dict[str, str]:
    """Return a small environment, padded at random: its size moves the stack, and with it the metrics. So does the hash seed.

    Mytkowicz et al., "Producing wrong data without doing anything obviously wrong", ASPLOS 2009.
    """
    held = {HELD_BY: os.environ[HELD_BY]} if HELD_BY in os.environ else {}
    draw = random.Random(seed)
    drawn = {"PYTHONHASHSEED": str(draw.randrange(1 << 32)), "PADDING": "x" * draw.randrange(4096)}
    return small_environment({**held, **drawn, **variables})
