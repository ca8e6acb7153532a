"""The measure stage: rounds of fresh processes over all benchmarks, each invocation on disk before the next."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from bench.catalog import Benchmark
from bench.measure import golang, machine, plan, pythons, sources, store, timing
from bench.measure.plan import Effort, Profile, Slot
from bench.measure.pythons import Interpreter, ToolchainError
from bench.measure.records import BenchmarkResult, GoRuntime, Invocation, Plan, PythonRuntime, Run
from bench.measure.store import StoredRun
from bench.workloads import inputs

GIVE_UP_AFTER = 3
"""Invocations of a program that failed one after the other."""
TESTED_WITH = {"time": timing}
"""Instrument -> the module that makes its invocations."""


class Progress(Protocol):
    """Told what happens, for people who wait."""

    def note(self, text: str) -> None:
        """Say one line."""

    def start(self, invocations: int) -> None:
        """So many invocations are expected from here on."""

    def step(self, running: str, remaining: int) -> None:
        """The next invocation begins; at the present plan so many remain, this one included."""


@dataclass(frozen=True)
class Laboratory:
    """The machine and the runtimes of a run, probed once."""

    root: Path
    interpreters: tuple[Interpreter, ...]
    pythons: tuple[PythonRuntime, ...]
    go: GoRuntime
    kit: timing.Kit
    installed: Mapping[tuple[str, str], Mapping[str, str]]
    """(runtime, requirements) -> distributions and versions."""


@dataclass
class Bench:
    """One benchmark under measurement: what is known of it so far."""

    entry: Benchmark
    result: BenchmarkResult
    twins: tuple[str, ...]
    failures: dict[str, int] = field(default_factory=dict)

    @property
    def programs(self) -> list[str]:
        """Programs that can be run, in the catalog's order."""
        return [name for name in self.result.loops if self.failures.get(name, 0) < GIVE_UP_AFTER]


