"""What is measured: the programs that can run on a host, and the benchmarks that it lacks."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence

from bench.catalog import Benchmark
from bench.measure.host.host import Host
from bench.measure.instruments import commands, marked
from bench.measure.session import digests
from bench.records.profiles import Profile
from bench.records.store import StoredRun

MOST_WORKERS = 8
"""Workers that are measured on every machine; more of them only up to twice its CPUs."""
RANK: dict[Profile, int] = {"smoke": 0, "quick": 1, "full": 2}


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
    return marked.forbidden() if benchmark.instrument == "memory" else commands.forbidden(benchmark)


def lacking(host: Host, benchmarks: Sequence[Benchmark], runs: Sequence[StoredRun], profile: Profile) -> list[Benchmark]:
    """Return the benchmarks that no finished run has measured at `profile` or above, as they are now, on this machine."""
    have = {
        result.digest
        for stored in runs
        if RANK[stored.run.plan.profile] >= RANK[profile]
        for result in stored.results.values()
        if result.complete
    }
    return [benchmark for benchmark in benchmarks if digest(host, benchmark) not in have]


def digest(host: Host, benchmark: Benchmark) -> str:
    """Return the key of the invocation set that `host` would measure for `benchmark`."""
    from_sources = digests.sources(benchmark, host.root)
    return digests.digest(from_sources, host.runtimes, host.go, host.machine)


def _language(runtime: str) -> tuple[int, ...]:
    """Return the version of the language in a runtime's name: (3, 13) for "cpython-3.13t"."""
    found = re.search(r"-(\d+\.\d+)", runtime)
    return _numbers(found[1]) if found else ()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
