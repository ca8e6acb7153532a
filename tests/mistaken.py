"""A made-up record of which tools caught two of the catalog's mistakes."""

from __future__ import annotations

from datetime import UTC, datetime

from bench.measure.host.machine import machine
from bench.records.mistakes import MistakesRecord, Outcome, Tool

CAUGHT = {
    ("quantitiy", "mypy --strict"): 'orders.py:1: error: "Item" has no attribute | "quantitiy" <b>',
    ("quantitiy", "pytest"): "FAILED test_orders.py",
    ("quantitiy", "go build"): "orders.go:1: item.Quantitiy undefined",
    ("staus", "pytest"): "FAILED test_orders.py",
}


def record(subject: str = "0" * 64) -> MistakesRecord:
    """Return a record whose two mistakes are caught as `CAUGHT` says; the race detector is unavailable."""
    tools = (
        Tool(name="mypy --strict", language="python", version="mypy 2.4.1", command="mypy --strict", tests=False),
        Tool(name="pytest", language="python", version="pytest 9.2.0", command="pytest", tests=True),
        Tool(name="go build", language="go", version="go1.27", command="go build", tests=False),
        Tool(name="go test", language="go", version="go1.27", command="go test", tests=True),
        Tool(name="go test -race", language="go", version="go1.27", command="go test", tests=True, unavailable="no C compiler"),
    )
    outcomes = (
        Outcome(
            mistake=mistake,
            tool=tool.name,
            result="not-run" if tool.unavailable else "caught" if (mistake, tool.name) in CAUGHT else "missed",
            line=CAUGHT.get((mistake, tool.name), ""),
        )
        for mistake in ("quantitiy", "staus")
        for tool in tools
    )
    return MistakesRecord(
        started=datetime(2026, 11, 29, 12, tzinfo=UTC),
        commit="c" * 40,
        dirty=False,
        machine=machine(),
        python="3.11.7",
        go="1.27.3",
        subject=subject,
        tools=tools,
        outcomes=tuple(outcomes),
    )
