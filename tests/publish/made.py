"""Made-up results for every benchmark of the catalog, stored as a run is stored."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.catalog import Benchmark, load_catalog
from bench.catalog.loader import ROOT
from bench.measure.records import Run
from bench.measure.sources import sources
from bench.measure.store import save_result, save_run
from tests import records

CATALOG = load_catalog()
TIMES = {"pure": 38e-3, "standard-library": 0.55e-3, "native-library": 0.21e-3}
GO_TIME = {"standard-library": 1e-3, "library": 0.4e-3}
JIT = records.python_runtime(name="cpython-3.14-jit", specification="3.14,PYTHON_JIT=1", jit=True)


def seconds(benchmark: Benchmark, run: Run) -> dict[str, float]:
    """Return a time for every program of a benchmark: the JIT is a tenth faster, regex ties in Python's library."""
    python = {
        f"python/{variant}/{runtime.name}": TIMES[program.tier] * (0.9 if runtime.jit else 1.0)
        for variant, program in benchmark.python.items()
        for runtime in run.pythons
    }
    go = {f"go/{variant}": GO_TIME[program.tier] for variant, program in benchmark.go.items()}
    return python | go


def save(results: Path, run: Run | None = None, benchmarks: tuple[Benchmark, ...] = CATALOG.benchmarks, **changes: Any) -> Run:
    """Store a run of the given benchmarks below `results`; `changes` go to `records.rounds`."""
    stored = run or records.run(pythons=(records.python_runtime(), JIT))
    save_run(results / stored.id, stored)
    for number, benchmark in enumerate(benchmarks):
        times = seconds(benchmark, stored)
        go = f"go/{benchmark.headline.go}"
        chosen: dict[str, Any] = {"count": 40, "controls": (go,), "seed": number + 1} | changes
        invocations = records.rounds(times, **chosen)
        result = records.result(invocations, run=stored.id, benchmark=benchmark.id, sources=sources(benchmark, ROOT))
        save_result(results / stored.id, result)
    return stored


def later(run: Run, hours: float, **changes: Any) -> Run:
    """Return a run like the given one that began some hours after it."""
    started = run.started + timedelta(hours=hours)
    return run.model_copy(update={"id": f"{run.id}-later-{hours:g}", "started": started} | changes)


__all__ = ["CATALOG", "JIT", "ROOT", "later", "save", "seconds"]
