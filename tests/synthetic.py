"""Synthetic runs for the tests of every stage after measuring: valid records with chosen figures, the same ones each time."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.records.run import BenchmarkResult, Canary, GoRuntime, Invocation, Machine, Part, Plan, PythonRuntime, Run

STARTED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PURE = "python/pure/cpython-3.14"
NATIVE = "python/native-library/cpython-3.14"
GO = "go/standard-library"
GO_LIBRARY = "go/library"
SECONDS: Mapping[str, float] = {PURE: 3.8e-3, NATIVE: 0.5e-3, GO: 1e-4}
VALUE_TIME = 0.02


def machine(**changes: Any) -> Machine:
    """Return a two-core machine."""
    fields: dict[str, Any] = {
        "hostname": "testhost",
        "cpu": "Example CPU",
        "cpu_family": "ExampleVendor family 6 model 1 stepping 0",
        "cores": 2,
        "memory": 8 << 30,
        "kernel": "6.18.0",
        "system": "Debian GNU/Linux 13",
        "virtualisation": "kvm",
        "clock_source": "kvm-clock",
        "cpu_limit": None,
        "memory_limit": None,
        "governor": None,
    }
    return Machine(**(fields | changes))


def canary(score: float = 1.0) -> Canary:
    """Return a canary with the given score on both of its kernels."""
    return Canary(kernels={"calls": score, "loop": score}, score=score, reference="Debian 3.14.10")


def python_runtime(**changes: Any) -> PythonRuntime:
    """Return an optimised CPython 3.14."""
    fields: dict[str, Any] = {
        "name": "cpython-3.14",
        "specification": "3.14",
        "implementation": "cpython",
        "version": "3.14.10",
        "executable": "/usr/bin/python3.14",
        "origin": "Debian",
        "compiler": "GCC 14.2.0",
        "configure_arguments": "--enable-optimizations --with-lto",
        "compiler_flags": "-O2",
        "gil": True,
        "jit": False,
        "environment": {},
        "canary": canary(),
        "packages": {"orjson": "3.11.4"},
    }
    return PythonRuntime(**(fields | changes))


def go_runtime(**changes: Any) -> GoRuntime:
    """Return Go 1.27."""
    fields: dict[str, Any] = {
        "name": "go-1.27",
        "version": "go1.27.3",
        "executable": "/usr/bin/go",
        "target": "linux/amd64",
        "goamd64": "v1",
        "build_settings": {"-compiler": "gc", "CGO_ENABLED": "0"},
        "modules": {},
    }
    return GoRuntime(**(fields | changes))


def plan(**changes: Any) -> Plan:
    """Return the plan of a full run."""
    fields: dict[str, Any] = {
        "profile": "full",
        "min_pairs": 15,
        "max_pairs": 60,
        "layouts": 3,
        "aa_controls": 2,
        "values": 10,
        "warmup": 0.2,
        "value_time": VALUE_TIME,
        "seed": 20261123,
        "program_cpus": (1,),
        "harness_cpus": (0,),
        "programs": {"execution/n-body": tuple(SECONDS)},
    }
    return Plan(**(fields | changes))


def part(**changes: Any) -> Part:
    """Return a part of a run: of a clean tree, without a database."""
    fields: dict[str, Any] = {
        "started": STARTED,
        "commit": "0123456789abcdef0123456789abcdef01234567",
        "dirty": False,
        "harness": "a" * 64,
        "database": None,
        "command": "scripts/build.py bench --profile full",
    }
    return Part(**(fields | changes))


def run(**changes: Any) -> Run:
    """Return a full run with CPython 3.14 that was never resumed, and ended an hour after it began."""
    started: datetime = changes.get("started", STARTED)
    fields: dict[str, Any] = {
        "id": "2026-11-23-testhost-0123456",
        "started": started,
        "finished": started + timedelta(hours=1),
        "parts": (part(started=started),),
        "machine": machine(),
        "pythons": (python_runtime(),),
        "go": go_runtime(),
        "plan": plan(),
    }
    return Run(**(fields | changes))


def invocation(**changes: Any) -> Invocation:
    """Return one quiet invocation; `seconds_each` sets all ten values, and the loops that make each span 20 ms."""
    each = changes.pop("seconds_each", 1e-3)
    program = changes.get("program", PURE)
    fields: dict[str, Any] = {
        "round": 0,
        "position": 0,
        "program": program,
        "control": False,
        "layout": 1 if program.startswith("go/") else None,
        "started": STARTED,
        "seconds": 0.35,
        "loops": max(1, math.ceil(VALUE_TIME / each)),
        "warmups": (each,) * 10,
        "values": (each,) * 10,
        "checksum": 42,
        "steal": 0.0,
        "load": 0.4,
        "voluntary_switches": 3,
        "involuntary_switches": 1,
        "throttled": 0,
        "swapped": 0,
    }
    return Invocation(**(fields | changes))


def failed(**changes: Any) -> Invocation:
    """Return an invocation that ended without values."""
    return invocation(**({"values": (), "checksum": None, "failure": "exit status 1: MemoryError"} | changes))


def rounds(
    seconds: Mapping[str, float] = SECONDS,
    *,
    count: int = 20,
    controls: Iterable[str] = (),
    noise: float = 0.005,
    layouts: int = 3,
    seed: int = 1,
) -> tuple[Invocation, ...]:
    """Return `count` rounds of the programs of `seconds`, in random order, with log-normal noise between invocations.

    `noise` is the standard deviation of an invocation's ln(time); values within an invocation scatter a tenth as much.
    """
    rng = random.Random(seed)
    invocations = []
    for number in range(count):
        members = [(program, False) for program in seconds] + [(program, True) for program in controls]
        rng.shuffle(members)
        layout = 1 + number % layouts
        for position, (program, control) in enumerate(members):
            centre = seconds[program] * math.exp(rng.gauss(0, noise))
            values = tuple(centre * math.exp(rng.gauss(0, noise / 10)) for _ in range(20))
            invocations.append(
                invocation(
                    round=number,
                    position=position,
                    program=program,
                    control=control,
                    layout=layout if program.startswith("go/") else None,
                    started=STARTED + timedelta(seconds=number * 2 + position * 0.4),
                    loops=max(1, math.ceil(VALUE_TIME / seconds[program])),
                    warmups=values[10:],
                    values=values[:10],
                )
            )
    return tuple(invocations)


def result(invocations: tuple[Invocation, ...] | None = None, **changes: Any) -> BenchmarkResult:
    """Return the finished result of n-body with the given invocations; without any, those of `rounds()`."""
    chosen = rounds() if invocations is None else invocations
    fields: dict[str, Any] = {
        "run": "2026-11-23-testhost-0123456",
        "benchmark": "execution/n-body",
        "programs": {one.program: "d" * 64 for one in chosen},
        "complete": True,
        "loops": {one.program: one.loops for one in chosen},
        "warmups": {one.program: len(one.warmups) for one in chosen},
        "unavailable": {},
        "invocations": chosen,
    }
    return BenchmarkResult(**(fields | changes))
