"""A made-up record of how long an edit takes on both sides."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.measure.host.machine import machine
from bench.records.prototyping import PrototypingRecord, Round, Step


def record(python: float = 1.0, go: float = 2.0, rounds: int = 10) -> PrototypingRecord:
    """Return a record in which an edit takes so many seconds in each round."""
    steps = (
        Step(name="edit/python/uvicorn/warm", task="edit", language="python", title="uvicorn", cache="warm", command="uvicorn"),
        Step(name="edit/go/air/warm", task="edit", language="go", title="air", cache="warm", command="air"),
    )
    seconds = {step.name: value for step, value in zip(steps, (python, go), strict=True)}
    return PrototypingRecord(
        started=datetime(2026, 11, 29, 12, tzinfo=UTC),
        commit="c" * 40,
        dirty=False,
        machine=machine(),
        versions={"uv": "1"},
        downloads={"python": 1_000_000, "go": 2_000_000},
        planned=rounds,
        steps=steps,
        rounds=(Round(load=0.5, seconds=seconds),) * rounds,
    )
