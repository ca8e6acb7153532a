"""Timestamps with offsets are read, and the deadlines 30 days later are written: `datetime`, which is C.

The answer is the deadlines.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bench.workloads.execution.lines import lines as split

ALLOWED = timedelta(days=30)


def prepare(lines: bytes) -> dict[str, list[str]]:
    return {"timestamps": split(lines)}


def run(timestamps: list[str]) -> list[str]:
    return [(datetime.fromisoformat(timestamp) + ALLOWED).isoformat() for timestamp in timestamps]
