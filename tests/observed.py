"""The programs of `memory` and `observe` benchmarks at the catalog's check input, run as the harness runs them; and contexts."""

from __future__ import annotations

import atexit
import contextlib
import functools
import hashlib
import importlib.metadata
import shutil
import sys
from pathlib import Path
from typing import get_args

from bench.catalog import Benchmark
from bench.catalog.loader import ROOT
from bench.catalog.model import GoImplementation
from bench.measure.host import golang
from bench.measure.instruments import marked
from bench.measure.instruments.base import InvocationRequest, MeasureContext, Sample
from bench.measure.processes.reaper import Reaper, reaper
from bench.measure.processes.tree import ProcessTree
from bench.measure.session.selection import unbuildable
from tests.cataloged import CATALOG

HERE = "here"
"""The runtime that stands for the measured one: this very python, with whatever it has installed."""
REQUEST = InvocationRequest(None, 1, 0, 1, "answer")


def runs_here(since: str | None) -> bool:
    """Whether this python is of the version of the language that a program needs."""
    return since is None or sys.version_info[:2] >= tuple(int(part) for part in since.split("."))


def builds_here(go: GoImplementation) -> bool:
    """Whether a Go program can be built: what is compiled from C takes a C compiler."""
    return unbuildable(go) is None


def missing(benchmark: Benchmark, program: str) -> str | None:
    """Return why a program cannot run beside the tests, which do without what is installed only where it is asked for."""
    if not benchmark.on_demand:
        return None
    language, variant, *_ = program.split("/")
    python = benchmark.python[variant] if language == "python" else None
    needed = (python.library, *python.packages) if python else (benchmark.go[variant].loads,)
    lacking = next((name for name in needed if name and not installed(name)), None)
    return f"{lacking} is installed only for what is measured with it" if lacking else None


@functools.cache
def installed(distribution: str) -> bool:
    """Whether this python has a distribution."""
    try:
        importlib.metadata.distribution(distribution)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def programs(instrument: str) -> list[tuple[Benchmark, str]]:
    """Return every (benchmark, program) of an instrument that this python can run."""
    return [
        (benchmark, program)
        for benchmark in CATALOG.benchmarks
        if benchmark.instrument == instrument
        for program in (
            *(f"python/{variant}/{HERE}" for variant, python in benchmark.python.items() if runs_here(python.since)),
            *(f"go/{variant}" for variant, go in benchmark.go.items() if builds_here(go)),
        )
    ]


def name(benchmark: Benchmark, program: str) -> str:
    """Return what a test of a program is called."""
    return f"{benchmark.id}-{program.removesuffix('/' + HERE)}"


def of_headline(benchmark: Benchmark, program: str) -> bool:
    """Whether a program is one of the two of the benchmark's headline."""
    language, variant, *_ = program.split("/")
    return variant == (benchmark.headline.python if language == "python" else benchmark.headline.go)


@functools.cache
def held() -> Reaper:
    """Return the reaper of this process, which ends what the tests have left running when they have ended themselves."""
    stack = contextlib.ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(reaper())


def tree(*cpus: int) -> ProcessTree:
    """Return what holds the processes of one invocation, with a harness that is anywhere else."""
    return ProcessTree(held(), cpus, ())


@functools.cache
def binaries() -> Path:
    """Return a folder for Go's binaries that stays: what one run of the tests links of these sources, the next finds there.

    Linking takes longer than the tests of most programs. The folders of other sources are removed.
    """
    module = ROOT / golang.MODULE
    sources = sorted(path for path in module.rglob("*") if path.is_file() and not path.name.endswith("_test.go"))
    digest = hashlib.sha256(repr((golang.describe(ROOT), golang.tags())).encode())
    for path in sources:
        digest.update(f"{path.relative_to(module)}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    folder = ROOT / "build" / "tested" / digest.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return folder


def context(
    folder: Path | None = None, root: Path = ROOT, cpus: tuple[int, ...] = (), other_cpus: tuple[int, ...] = ()
) -> MeasureContext:
    """Return what the instrument works with, where this very python stands for the measured one.

    Go's binaries are those of a folder, or of all tests.
    """
    python = {HERE: Path(sys.executable)}
    names = get_args(Benchmark.model_fields["requirements"].annotation)
    return MeasureContext(root, dict.fromkeys(names, python), {}, {HERE: {}}, folder or binaries(), cpus, other_cpus, held())


def checked(benchmark: Benchmark) -> Benchmark:
    """Return the entry with its check input in the place of the measured one: what a slope is taken of is then read once."""
    metric = benchmark.reading if benchmark.metric == "slope" else benchmark.metric
    return benchmark.model_copy(update={"input": benchmark.check.input, "counts": (), "metric": metric})


def at_check(equipped: MeasureContext, benchmark: Benchmark, program: str) -> Sample:
    """Run one invocation of a program at the check input."""
    return marked.invoke(equipped, checked(benchmark), program, REQUEST)
