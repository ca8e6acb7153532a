"""A host that was not looked for on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.measure.host.host import Host
from bench.measure.host.probes import describe
from bench.measure.host.pythons import Interpreter
from bench.records.canary import REFERENCES
from tests import synthetic

FACTS: dict[str, Any] = describe.describe() | {
    "implementation": "CPython",
    "version": "3.14.8",
    "language": "3.14",
    "free_threaded": False,
    "gil": True,
    "jit": False,
    "canary": REFERENCES["3.14"][1],
    "lacks": "",
}
"""What the probe reports of an optimised CPython 3.14."""


def interpreter(environment: dict[str, str] | None = None, **facts: object) -> Interpreter:
    """Return CPython 3.14; `facts` replaces what it reports of itself."""
    return Interpreter("3.14", Path("/usr/bin/python3.14"), environment or {}, FACTS | facts)


def host(root: Path, *interpreters: Interpreter) -> Host:
    """Return a host over the sources at `root`, with CPython 3.14 where none is given."""
    return Host(root, synthetic.machine(), interpreters or (interpreter(),), synthetic.go_runtime())
