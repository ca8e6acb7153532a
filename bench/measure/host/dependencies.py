"""What a program needs to be installed beside its own source: how many distributions or modules, and how many bytes."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from bench.measure.host import golang, tools
from bench.measure.host.golang import ToolchainError
from bench.measure.host.probes import CLOSURE


@functools.cache
def of_python(python: Path, packages: tuple[str, ...]) -> tuple[int, int]:
    """Return how many distributions the given ones are with all that they require, and their bytes, as `python` has them.

    A package may name extras: `psycopg[binary]`.

    Raises:
        ToolchainError: one is missing.
    """
    probe = [str(python), "-I", str(CLOSURE), *packages]
    outcome = tools.run(probe)
    if outcome.failure:
        raise ToolchainError(f"{' '.join(probe)}: {outcome.failure}")
    closure = json.loads(outcome.stdout)
    return len(closure["distributions"]), int(closure["bytes"])


@functools.cache
def of_go(binary: Path) -> tuple[int, int]:
    """Return how many modules beyond the standard library are linked into a binary, and its bytes.

    Raises:
        ToolchainError: it is not a Go binary.
    """
    return len(golang.modules(binary)), binary.stat().st_size
