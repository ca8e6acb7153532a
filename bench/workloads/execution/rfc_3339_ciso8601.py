"""Timestamps with offsets are read by ciso8601, which is C, and the deadlines 30 days later are written by `datetime`.

The answer is the deadlines.
"""

from __future__ import annotations

from datetime import timedelta

from ciso8601 import parse_rfc3339

ALLOWED = timedelta(days=30)


def prepare(lines: bytes) -> dict[str, list[str]]:
    return {"timestamps": lines.decode().splitlines()}


def run(timestamps: list[str]) -> list[str]:
    return [(parse_rfc3339(timestamp) + ALLOWED).isoformat() for timestamp in timestamps]
