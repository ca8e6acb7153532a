"""A laboratory that was not looked for on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.measure import probe
from bench.measure.canary import REFERENCES
from bench.measure.laboratory import Laboratory
from bench.measure.pythons import Interpreter
from tests import records

FACTS: dict[str, Any] = probe.describe() | {
    "implementation": "CPython",
    "version": "3.14.8",
    "language": "3.14",
    "free_threaded": False,
    "gil": True,
    "jit": False,
    "canary": REFERENCES["3.14"][1],
}
"""What the probe says of an optimised CPython 3.14."""


def interpreter(environment: dict[str, str] | None = None, **facts: object) -> Interpreter:
    """Return CPython 3.14; `facts` replaces what it says of itself."""
    return Interpreter("3.14", Path("/usr/bin/python3.14"), environment or {}, FACTS | facts)


def laboratory(root: Path, *interpreters: Interpreter) -> Laboratory:
    """Return a laboratory over the sources at `root`, with CPython 3.14 where none is given."""
    return Laboratory(root, records.machine(), interpreters or (interpreter(),), records.go_runtime())
