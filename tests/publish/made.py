"""Made-up results for every benchmark of the catalog, stored as a run is stored."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.catalog import Benchmark
from bench.catalog.loader import ROOT
from bench.measure.session import digests
from bench.records.run import BenchmarkResult, Invocation, Reading, Run
from bench.records.store import close_result, save_run
from tests import synthetic
from tests.cataloged import CATALOG

TIMES = {"pure": 38e-3, "standard-library": 0.55e-3, "compiled": 0.9e-3, "native-library": 0.21e-3}
GO_TIME = {"standard-library": 1e-3, "library": 0.4e-3, "tuned": 0.8e-3}
SERVED = {
    "django": 1_900.0,
    "django-granian": 3_500.0,
    "django-cursor": 4_000.0,
    "django-asgi": 1_500.0,
    "flask": 3_100.0,
    "flask-granian": 7_400.0,
    "flask-psycopg": 8_100.0,
    "fastapi": 9_300.0,
    "fastapi-granian": 11_800.0,
    "fastapi-sqlalchemy": 7_900.0,
    "asgi": 21_000.0,
    "gin": 72_000.0,
    "gin-gorm": 41_000.0,
    "echo": 74_000.0,
    "revel": 31_000.0,
    "net-http": 80_000.0,
}
"""Server -> plain requests per second on one CPU."""
USUAL = {"python": 5_000.0, "go": 50_000.0}
"""Language -> the same of a server that is too new to be in the list above."""
HEAVY = {
    "plaintext": 1.0,
    "json": 1.1,
    "one-query": 3.0,
    "fortunes": 5.0,
    "twenty-queries": 30.0,
    "twenty-updates": 40.0,
    "stream": 50.0,
}
"""Endpoint -> how many times the work of a plain request; of those that are left out it is two."""
MARKS = {"25%": 0.25, "50%": 0.5, "75%": 0.75, "90%": 0.9, "95%": 0.95}
SLOW = (
    *("memory/base-server", "memory/pool", "execution/first-response", "execution/deployed-size"),
    *("memory/task threads", "data/group-by standard-library", "data/filter-csv standard-library"),
    *("data/join pandas", "data/rolling-mean pandas", "data/stock-control native-library"),
    *("execution/spectral-norm native-library", "execution/mandelbrot native-library"),
    *("data/start duckdb", "data/memory-small duckdb"),
)
"""Benchmarks in which all programs in Python, or one, take what pure Python does: sentences of pages rest on Go's lead there."""
PAIRS = 16
"""Of every other benchmark: more than the fewest that a full run has, and no more to read than that takes."""
ROUNDS = 6
"""Of a benchmark of servers, where no other number is given."""
JIT = synthetic.python_runtime(name="cpython-3.14-jit", specification="3.14,PYTHON_JIT=1", jit=True)


def seconds(benchmark: Benchmark, run: Run) -> dict[str, float]:
    """Return a time for every program of a benchmark: the JIT is a tenth faster, regex ties in Python's library."""
    python = {
        f"python/{variant}/{runtime.name}": TIMES[
            "pure" if {benchmark.id, f"{benchmark.id} {variant}"} & {*SLOW} else program.tier
        ]
        * (0.9 if runtime.jit else 1.0)
        for variant, program in benchmark.python.items()
        for runtime in run.pythons
    }
    go = {f"go/{variant}": GO_TIME[program.tier] for variant, program in benchmark.go.items()}
    return python | go


def phase(rate: float, offered: float | None, connections: float = 64.0, **changes: float) -> dict[str, float]:
    """Return the figures of a good load: of a closed loop, or of an open one in which a request waits as a queue makes it."""
    mean = connections / rate if offered is None else 0.2 / (rate - offered) * rate / 500
    achieved = rate if offered is None else offered
    counts = {"requests": 2 * achieved, "seconds": 2.0, "rate": achieved, "errors": 0.0, "validated": 20.0, "sent": 3 * achieved}
    times = {"mean": mean, "p50": 0.9 * mean, "p90": 1.5 * mean, "p99": 3 * mean, "p999": 5 * mean, "max": 9 * mean}
    generator = {"generator_cpu": achieved / 125_000, "connections": connections, "opened": 0.0, "upstream_calls": 0.0}
    server = {"server_cpu": 1000 / rate, "proportional": 2e6 + 5e12 / (rate + 50_000)}
    offering = {} if offered is None else {"offered": offered, "lag_p99": 1e-5}
    return counts | times | generator | server | offering | changes


def stalled(rate: float, offered: float) -> dict[str, float]:
    """Return what is read of a chain of which one service stops for two seconds: the faster it is, the sooner it recovers."""
    counts = {"requests": 8 * offered, "sent": 10 * offered, "failed": 2 * offered}
    return counts | {"before_p99": 20 / rate, "disturbed": 2 + 1000 / rate, "lag_p99": 1e-5}


def served(benchmark: Benchmark, program: str, noise: float) -> tuple[Reading, ...]:
    """Return what one invocation of a server reads; `noise` is ln of how much faster it is than usual."""
    language, name, *_ = program.split("/")
    plain = SERVED.get(name, USUAL[language])
    workers = min(2.0, float(benchmark.input["workers"]))
    rate = plain / HEAVY.get(str(benchmark.input["endpoint"]), 2.0) * workers * math.exp(noise)
    at_rest = {"seconds": 4000 / plain**1.1, "proportional": 1e6 + 4e12 / (plain + 50_000)}
    phases = {"start": at_rest | {"dependencies": 20.0, "installed": 3e7}}
    if benchmark.input["endpoint"] == "idle":
        phases |= idle(plain * math.exp(noise), float(benchmark.input["connections"]), at_rest["proportional"])
        return tuple(Reading(count=None, mark=mark, metrics=metrics) for mark, metrics in phases.items())
    asked = float(benchmark.input.get("rate", 0))
    if "stall" in benchmark.input:
        phases["stall"] = stalled(rate, asked)
        return tuple(Reading(count=None, mark=mark, metrics=metrics) for mark, metrics in phases.items())
    if benchmark.has_curve or not asked:
        phases["saturation"] = phase(rate, None)
    if benchmark.has_curve:
        phases |= {mark: phase(rate, share * rate) for mark, share in MARKS.items()}
    if asked:
        phases["rate" if benchmark.has_curve else "fixed"] = phase(rate, min(asked, 0.5 * rate))
    if "distance" in benchmark.input:
        late = {"distance": float(benchmark.input["distance"]) / 1000, "distance_late_p50": 1e-5, "distance_late_p99": 1e-4}
        phases = {mark: metrics if mark == "start" else metrics | late for mark, metrics in phases.items()}
    if "quota" in benchmark.input:
        held_back = {"throttled": 0.9, "throttled_seconds": 0.45, "memory_reached": 2.0}
        phases = {mark: metrics if mark == "start" else metrics | held_back for mark, metrics in phases.items()}
    return tuple(Reading(count=None, mark=mark, metrics=metrics) for mark, metrics in phases.items())


def idle(plain: float, connections: float, at_rest: float) -> dict[str, dict[str, float]]:
    """Return what is read of a server with idle WebSockets after its start; `plain` is its rate of plain requests."""
    each = 9_000 + 200e6 / plain
    held = {"connections": connections, "per_connection": each, "proportional": at_rest + each * connections}
    last = connections / plain
    return {
        "open": held | {"opened": connections, "seconds": 2 * last},
        "broadcast": held | {"received": 20 * connections, "p50": 0.5 * last, "p99": 0.99 * last, "last": last},
        "idle": held | {"pings": connections, "fewest": 1.0, "seconds": 30.0, "minute": 2 * last},
    }


def rounds(benchmark: Benchmark, run: Run, count: int = ROUNDS, seed: int = 1, noise: float = 0.005) -> tuple[Invocation, ...]:
    """Return rounds of all servers that have the benchmark's endpoint, with the first runtime; the value is of the last mark."""
    rng = random.Random(seed)
    names = [f"python/{v}/{run.pythons[0].name}" for v, p in benchmark.python.items() if not p.lacks]
    names += [f"go/{v}" for v, p in benchmark.go.items() if not p.lacks]
    invocations = []
    for number in range(count):
        for position, program in enumerate(names):
            readings = served(benchmark, program, rng.gauss(0, noise))
            value = readings[-1].metrics[str(benchmark.metric)]
            place = {"round": number, "position": position, "program": program, "layout": None, "loops": 1, "warmups": ()}
            invocations.append(synthetic.invocation(**place, values=(value,), readings=readings, started=run.started))
    return tuple(invocations)


def save(results: Path, run: Run | None = None, benchmarks: tuple[Benchmark, ...] = CATALOG.benchmarks, **changes: Any) -> Run:
    """Store a run of the given benchmarks below `results`; `changes` go to `synthetic.rounds`."""
    stored = run or synthetic.run(pythons=(synthetic.python_runtime(), JIT))
    return store(results, stored, (_result(one, stored, seed, changes) for seed, one in enumerate(benchmarks, 1)))


def store(results: Path, run: Run, measured: Iterable[BenchmarkResult]) -> Run:
    """Store a finished run of these results below `results`, with the plan that they came from; return it as stored."""
    folder = results / run.id
    folder.mkdir(parents=True)
    planned: dict[str, tuple[str, ...]] = {}
    for result in measured:
        planned[result.benchmark] = (*result.loops, *result.unavailable)
        close_result(folder, result)
    return save_run(folder, run.model_copy(update={"plan": run.plan.model_copy(update={"programs": planned})}))


def result(benchmark: Benchmark, run: Run, invocations: tuple[Invocation, ...], **changes: Any) -> BenchmarkResult:
    """Return the finished result of a benchmark whose programs are as they are now."""
    current = digests.programs(benchmark, ROOT)
    measured = {one.program: digests.of_program(current, one.program) for one in invocations}
    return synthetic.result(invocations, **({"run": run.id, "benchmark": benchmark.id, "programs": measured} | changes))


def served_result(benchmark: Benchmark, run: Run, invocations: tuple[Invocation, ...]) -> BenchmarkResult:
    """Return the finished result of a benchmark of servers."""
    rules = {"max_half_width": benchmark.max_half_width, "min_pairs": benchmark.min_pairs, "better": benchmark.better}
    return result(benchmark, run, invocations, **rules)


def later(run: Run, hours: int, **changes: Any) -> Run:
    """Return a run like the given one, all of whose times are some hours later, of the same day's number."""
    moments = {
        "started": run.started + timedelta(hours=hours),
        "finished": run.finished and run.finished + timedelta(hours=hours),
        "parts": tuple(part.model_copy(update={"started": part.started + timedelta(hours=hours)}) for part in run.parts),
    }
    return run.model_copy(update={"id": f"{run.id}-{hours}"} | moments | changes)


def _result(benchmark: Benchmark, run: Run, seed: int, changes: dict[str, Any]) -> BenchmarkResult:
    if benchmark.instrument == "http":
        return served_result(benchmark, run, rounds(benchmark, run, seed=seed))
    chosen: dict[str, Any] = {"count": PAIRS, "controls": (f"go/{benchmark.headline.go}",), "seed": seed} | changes
    return result(benchmark, run, synthetic.rounds(seconds(benchmark, run), **chosen))


__all__ = ["CATALOG", "JIT", "ROOT", "later", "phase", "result", "rounds", "save", "seconds", "served_result", "store"]
