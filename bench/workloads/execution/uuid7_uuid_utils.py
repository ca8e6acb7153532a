"""UUIDs of version 7 as text (RFC 9562, section 5.7): the library uuid-utils, written in Rust."""

from __future__ import annotations

from uuid_utils import uuid7

from bench.workloads.execution import identifiers


def run(count: int) -> list[int]:
    return identifiers.facts([str(uuid7()) for _ in range(count)])
