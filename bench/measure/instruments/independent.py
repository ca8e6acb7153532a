"""The programs of `time` benchmarks as other tools time them alone, each by its own defaults: pyperf, and `go test`.

What they measure is compared with what the harness measures; it is published nowhere else.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

import pyperf

from bench.catalog import Benchmark, gotests
from bench.measure.host import golang
from bench.measure.host.variables import small_environment
from bench.records.files import ResultError

COUNT = 20
"""Runs of the Go benchmark, each of the second that `testing` takes for one; as many as pyperf starts processes."""


def go(root: Path, benchmark: Benchmark, variant: str, cpus: Sequence[int]) -> list[float]:
    """Return the seconds per iteration of each of `COUNT` runs of a Go program by `go test -bench`.

    Raises:
        ResultError: it failed, or printed something else; the message has its output.
    """
    package = f"./{benchmark.go[variant].package}"
    command = [str(golang.toolchain()), "test", "-run=^$", f"-bench={gotests.pattern(benchmark.id)}", f"-count={COUNT}", package]
    output = _run(command, root / golang.MODULE, golang.environment(), cpus)
    values = [float(each) * 1e-9 for each in re.findall(r"\s([0-9.]+) ns/op", output)]
    if len(values) != COUNT:
        raise ResultError(f"{benchmark.id}: `go test` printed {len(values)} values and not {COUNT}:\n{output}")
    return values


def python(
    root: Path, benchmark: Benchmark, variant: str, executable: Path, variables: Mapping[str, str], cpus: Sequence[int]
) -> list[float]:
    """Return the median seconds per call in each of the processes that pyperf starts for a Python program.

    Raises:
        ResultError: it failed; the message has its output.
    """
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "alone.json"
        module = benchmark.python[variant].module
        options = [f"--output={output}", "--quiet", *([f"--inherit-environ={','.join(variables)}"] if variables else [])]
        command = [str(executable), "-m", "bench.workloads.alone", benchmark.id, module, *options]
        _run(command, root, small_environment(variables), cpus)
        runs = pyperf.Benchmark.load(str(output)).get_runs()
    return [median(run.values) for run in runs if run.values]


def _run(command: Sequence[str], folder: Path, environment: Mapping[str, str], cpus: Sequence[int]) -> str:
    with _pinned(cpus):
        done = subprocess.run(command, cwd=folder, env=dict(environment), capture_output=True, text=True, check=False)
    if done.returncode:
        raise ResultError(f"{' '.join(command)} failed: exit status {done.returncode}\n{done.stdout}{done.stderr}".rstrip())
    return done.stdout


@contextlib.contextmanager
def _pinned(cpus: Sequence[int]) -> Iterator[None]:
    """Keep to these CPUs meanwhile, where the platform has pinning: what is started does likewise."""
    if not cpus:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cpus)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
