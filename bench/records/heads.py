"""What is known of a finished run whose files were read and found good before, so that they need not be parsed again."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bench.records.files import sha256
from bench.records.run import BenchmarkId, BenchmarkResult, Program, Record, Sha256
from bench.records.seal import OldRun


class ResultHead(Record):
    """A result without its invocations."""

    complete: bool
    programs: dict[Program, Sha256]
    """Program -> digest of what was measured."""
    planned: tuple[Program, ...]
    """The programs that it speaks of, those that could not be measured as well."""
    calibrated: tuple[Program, ...]
    """The programs that were measured, or failed after they had been calibrated."""


class RunHead(Record):
    """A run without its invocations."""

    digest: Sha256
    """Of all that the run was read from: as long as it is the same, so is the rest."""
    results: dict[BenchmarkId, ResultHead]


def digest_of(files: Mapping[str, str], old: OldRun | None) -> str:
    """Return the digest of what a run is read from: file name -> SHA-256, and what `digests.json` says of it."""
    parts = {"files": dict(files), "old": old and old.model_dump(mode="json")}
    return sha256(json.dumps(parts, sort_keys=True).encode())


def result_head(result: BenchmarkResult) -> ResultHead:
    """Return a result without its invocations."""
    tried = {invocation.program for invocation in result.invocations}
    return ResultHead(
        complete=result.complete,
        programs=result.programs,
        planned=tuple(sorted({*result.loops, *result.unavailable, *tried})),
        calibrated=tuple(result.loops),
    )
