"""Where the programs find the tables that they open."""

from __future__ import annotations

from bench.workloads.case import INPUTS


def path(name: str) -> str:
    """Return the path of a generated file."""
    return str(INPUTS / name)
