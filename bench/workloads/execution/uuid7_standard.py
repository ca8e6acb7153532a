"""UUIDs of version 7 as text (RFC 9562, section 5.7): the standard library's `uuid`, which puts them together in Python code."""

from __future__ import annotations

import uuid

from bench.workloads.execution import identifiers


def run(count: int) -> list[int]:
    new = uuid.uuid7  # type: ignore[attr-defined]  # new in 3.14
    return identifiers.facts([str(new()) for _ in range(count)])
