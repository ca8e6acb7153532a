"""What is measured: the programs that can run on a host, and the benchmarks that it lacks."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bench.catalog import Benchmark
from bench.catalog.model import GoImplementation, PythonImplementation
from bench.measure.host import golang
from bench.measure.host.extensions import Extension
from bench.measure.host.host import Host
from bench.measure.http import crowd
from bench.measure.instruments import commands, marked
from bench.measure.instruments.base import limit
from bench.measure.processes import limits
from bench.measure.session import digests
from bench.records.profiles import Profile
from bench.records.store import StoredRun

MOST_WORKERS = 8
"""Workers that are measured on every machine; more of them only up to twice its CPUs."""
NOT_INSTALLED = "failed: bench/requirements/"
"""Begins the reason why a program is unavailable that the next run tries again: what was refused today may not be tomorrow."""
RANK: dict[Profile, int] = {"smoke": 0, "quick": 1, "full": 2}


def programs(
    benchmark: Benchmark,
    installed: Mapping[str, Mapping[str, Mapping[str, str]]],
    extensions: Mapping[tuple[str, str], Extension],
    refused: Mapping[str, str],
) -> tuple[list[str], dict[str, str]]:
    """Return the programs of a benchmark that can run here, and why the others cannot.

    Args:
        benchmark: the catalog's entry.
        installed: requirements -> runtime -> the distributions in its environment.
        extensions: (module, runtime) -> what became of each module that is compiled beforehand where its compiler is installed.
        refused: requirements that could not be installed -> why.
    """
    available, unavailable = [], {}
    for variant, python in benchmark.python.items():
        requirements = benchmark.requirements_of(variant)
        for runtime, distributions in installed[requirements].items():
            program = f"python/{variant}/{runtime}"
            if reason := forbidden(benchmark) or refused.get(requirements):
                unavailable[program] = reason
            elif python.lacks:
                unavailable[program] = python.lacks
            elif python.since and _language(runtime) < _numbers(python.since):
                unavailable[program] = f"it needs Python {python.since}"
            elif python.extension and (extension := extensions.get((python.module, runtime))):
                if extension.failure:
                    unavailable[program] = extension.failure
                else:
                    available.append(program)
            elif missing := _missing(python, distributions):
                unavailable[program] = f"{missing} has no ready-made package for {runtime}"
            else:
                available.append(program)
    for variant, go in benchmark.go.items():
        if reason := forbidden(benchmark) or go.lacks or unbuildable(go):
            unavailable[f"go/{variant}"] = reason
        elif go.loads and not any(go.loads in distributions for distributions in installed[benchmark.requirements].values()):
            why = refused.get(benchmark.requirements, f"it loads the shared library of {go.loads}, which is not installed")
            unavailable[f"go/{variant}"] = why
        else:
            available.append(f"go/{variant}")
    return available, unavailable


def forbidden(benchmark: Benchmark) -> str | None:
    """Return why a benchmark cannot be measured here, if it cannot."""
    workers, cpus = int(benchmark.input.get("workers", 0)), os.cpu_count() or 1
    if workers > max(MOST_WORKERS, 2 * cpus):
        return f"{workers} workers are measured from {workers // 2} CPUs on, and this machine has {cpus}"
    if (wanted := limit(benchmark)) and (reason := limits.missing(wanted)):
        return reason
    return marked.forbidden() if benchmark.instrument == "memory" else crowd.forbidden(benchmark) or commands.forbidden(benchmark)


def unbuildable(go: GoImplementation) -> str | None:
    """Return why a Go program cannot be built here, if it cannot."""
    if go.cgo and not golang.compiles_c():
        return f"{go.library} is compiled from C, and this machine has no C compiler"
    needed = golang.C_LIBRARIES.get(go.c_library or "", ()) + golang.LINKED.get(go.library or "", ())
    if needed and not golang.links(*needed):
        named = " and ".join(f"lib{name}" for name in needed)
        return f"{go.library} is linked with {named}, which this machine's C compiler does not find"
    return None


def planned(host: Host, benchmark: Benchmark) -> list[str]:
    """Return every program of a benchmark with every runtime of the host, whether it can run here or not."""
    runtimes = [interpreter.name for interpreter in host.interpreters]
    return [
        *(f"python/{variant}/{name}" for variant in benchmark.python for name in runtimes),
        *(f"go/{v}" for v in benchmark.go),
    ]


def headline(host: Host, benchmark: Benchmark) -> tuple[str, str]:
    """Return the two programs of a benchmark's headline, Python's with the runtime that headlines are of: the first."""
    return f"python/{benchmark.headline.python}/{host.interpreters[0].name}", f"go/{benchmark.headline.go}"


def lacking(
    host: Host, benchmarks: Sequence[Benchmark], runs: Sequence[StoredRun], profile: Profile
) -> dict[str, tuple[str, ...]]:
    """Return benchmark -> the programs that no run has measured at `profile` or above, as they are now, on this machine.

    A ratio is taken within a run: with a program that is measured go those of the other language that it is compared with.
    Benchmarks that lack nothing are left out.
    """
    missing = {}
    for benchmark in benchmarks:
        current = digests.programs(benchmark, host.root)
        done = {
            program
            for stored in runs
            if RANK[stored.run.plan.profile] >= RANK[profile] and stored.run.machine.identity == host.machine.identity
            for program in _measured(host, stored, benchmark.id, current)
        }
        everything = planned(host, benchmark)
        new = [program for program in everything if program not in done]
        partners = {other for program in new for other in everything if _compared(benchmark, program, other)}
        if new:
            missing[benchmark.id] = tuple(program for program in everything if program in partners or program in new)
    return missing


def _missing(python: PythonImplementation, distributions: Iterable[str]) -> str | None:
    """Return a distribution that a program needs and that is not among the installed ones, if there is one."""
    installed = {name.lower() for name in distributions}
    needed = [*([python.library] if python.library else []), *(package.partition("[")[0] for package in python.packages)]
    return next((name for name in needed if name.lower() not in installed), None)


def _measured(host: Host, stored: StoredRun, benchmark: str, current: Mapping[str, str]) -> Iterator[str]:
    """Yield the programs of a benchmark that a run has measured as they are now, with the host's own runtimes."""
    result = stored.results.get(benchmark)
    if result is None or not result.complete or stored.run.go.build != host.go.build:
        return
    runtimes = {python.build for python in stored.run.pythons} & {python.build for python in host.runtimes}
    names = {build[0] for build in runtimes}
    for program, digest in result.programs.items():
        if result.unavailable.get(program, "").startswith(NOT_INSTALLED):
            continue
        language, variant, *runtime = program.split("/")
        if (language == "go" or runtime[0] in names) and current.get(f"{language}/{variant}") == digest:
            yield program


def _compared(benchmark: Benchmark, one: str, other: str) -> bool:
    """Whether a ratio of two programs, one of either language, is shown."""
    python, go = (one, other) if one.startswith("python/") else (other, one)
    if not (python.startswith("python/") and go.startswith("go/")):
        return False
    return go.split("/")[1] in benchmark.counterparts(python.split("/")[1])


def _language(runtime: str) -> tuple[int, ...]:
    """Return the version of the language in a runtime's name: (3, 13) for "cpython-3.13t"."""
    version = re.search(r"-(\d+\.\d+)", runtime)
    return _numbers(version[1]) if version else ()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
