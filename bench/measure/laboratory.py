"""What a run works with: interpreters with their environments, the Go toolchain, the machine, each probed once."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.catalog import Benchmark
from bench.measure import commands, golang, inside, machine, pythons, sources
from bench.measure.golang import ToolchainError
from bench.measure.plan import Profile
from bench.measure.pythons import Interpreter
from bench.measure.records import GoRuntime, Machine, PythonRuntime
from bench.measure.store import StoredRun

MOST_WORKERS = 8
"""Workers that are measured on every machine; more of them only up to twice its CPUs."""
RANK: dict[Profile, int] = {"smoke": 0, "quick": 1, "full": 2}


@dataclass(frozen=True)
class Laboratory:
    """Found on this machine and ready to measure with."""

    root: Path
    machine: Machine
    interpreters: tuple[Interpreter, ...]
    go: GoRuntime
    postgres_url: str | None = None
    """The database to take in place of one of the harness's own."""


def find(root: Path, specifications: Sequence[str], postgres_url: str | None = None) -> Laboratory:
    """Find what `--python` names, or the best interpreter where it names none, and the Go toolchain.

    Raises:
        ToolchainError: one of them is missing, or two specifications give the same variant.
    """
    go = golang.describe(root)
    interpreters = tuple(pythons.find(specification) for specification in specifications) or (pythons.best(),)
    names = [interpreter.name for interpreter in interpreters]
    for name in names:
        if names.count(name) > 1:
            raise ToolchainError(f"--python: two specifications give the same variant, {name}")
    return Laboratory(root, machine.machine(), interpreters, go, postgres_url)


def environments(laboratory: Laboratory, requirements: str) -> Mapping[str, Path]:
    """Return the python of each runtime's environment with `bench/requirements/<requirements>.txt`, made where it is new."""
    lock = laboratory.root / "bench" / "requirements" / f"{requirements}.txt"
    folder = laboratory.root / "build" / "environments"
    return {found.name: pythons.environment(found, lock, folder) for found in laboratory.interpreters}


def runtimes(laboratory: Laboratory) -> tuple[PythonRuntime, ...]:
    """Describe the interpreters, without what is installed beside them."""
    return tuple(pythons.runtime(found, {}) for found in laboratory.interpreters)


def programs(benchmark: Benchmark, installed: Mapping[str, Mapping[str, str]]) -> tuple[list[str], dict[str, str]]:
    """Return the programs of a benchmark that can run here, and why the others cannot.

    `installed` is runtime -> the distributions in its environment.
    """
    available, unavailable = [], {}
    for variant, python in benchmark.python.items():
        for runtime, distributions in installed.items():
            program = f"python/{variant}/{runtime}"
            if reason := forbidden(benchmark):
                unavailable[program] = reason
            elif python.lacks:
                unavailable[program] = python.lacks
            elif python.since and _language(runtime) < _numbers(python.since):
                unavailable[program] = f"it needs Python {python.since}"
            elif python.library is None or python.library.lower() in {name.lower() for name in distributions}:
                available.append(program)
            else:
                unavailable[program] = f"{python.library} has no ready-made package for {runtime}"
    for variant, go in benchmark.go.items():
        if reason := forbidden(benchmark) or go.lacks:
            unavailable[f"go/{variant}"] = reason
        else:
            available.append(f"go/{variant}")
    return available, unavailable


def forbidden(benchmark: Benchmark) -> str | None:
    """Return why a benchmark cannot be measured here, if it cannot."""
    workers, cpus = int(benchmark.input.get("workers", 0)), os.cpu_count() or 1
    if workers > max(MOST_WORKERS, 2 * cpus):
        return f"{workers} workers are measured from {workers // 2} CPUs on, and this machine has {cpus}"
    return inside.forbidden() if benchmark.instrument == "memory" else commands.forbidden(benchmark)


def lacking(
    laboratory: Laboratory, benchmarks: Sequence[Benchmark], runs: Sequence[StoredRun], profile: Profile
) -> list[Benchmark]:
    """Return the benchmarks that no finished run has measured at `profile` or above, as they are now, on this machine."""
    have = {
        result.digest
        for stored in runs
        if RANK[stored.run.plan.profile] >= RANK[profile]
        for result in stored.results.values()
        if result.complete
    }
    return [benchmark for benchmark in benchmarks if digest(laboratory, benchmark) not in have]


def digest(laboratory: Laboratory, benchmark: Benchmark) -> str:
    """Return the key of the invocation set that `laboratory` would measure for `benchmark`."""
    from_sources = sources.sources(benchmark, laboratory.root)
    return sources.digest(from_sources, runtimes(laboratory), laboratory.go, laboratory.machine)


def _language(runtime: str) -> tuple[int, ...]:
    """Return the version of the language in a runtime's name: (3, 13) for "cpython-3.13t"."""
    found = re.search(r"-(\d+\.\d+)", runtime)
    return _numbers(found[1]) if found else ()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
