"""What a run consists of, so that a change of any byte is seen; and what the runs of schema 1 lack of that.

A run of schema 2 has its seal in `run.json`, renewed each time that this is written. The committed runs of schema 1 stay as they
are: their digests, and those of the programs that they measured, are in `digests.json` beside them, which seals itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from bench.records.files import REMEDY, ResultError, describe, parse, read_bytes, sha256
from bench.records.run import BenchmarkId, Program, Record, Run, RunId, Seal, Sha256

OLD_RUNS = "digests.json"
RUN = "run.json"


class OldRun(Record):
    """What a run of schema 1 does not say of itself."""

    files: dict[str, Sha256]
    """File name, `run.json` included -> digest of its bytes."""
    programs: dict[BenchmarkId, dict[Program, Sha256]]
    """Benchmark -> program -> digest of what was measured; benchmarks whose programs had changed by then are left out."""


class OldRuns(Record):
    """`bench/results/digests.json`."""

    seal: Sha256
    """Of `runs`, as JSON with sorted keys."""
    runs: dict[RunId, OldRun]


def load_old_runs(results: Path) -> Mapping[str, OldRun]:
    """Return run -> what `digests.json` says of it; empty where a folder of results has no such file.

    Raises:
        ResultError: the file cannot be used; the message names the key.
    """
    path = results / OLD_RUNS
    if not path.exists():
        return {}
    data = parse(path, read_bytes(path))
    try:
        old = OldRuns.model_validate(data)
    except ValidationError as error:
        raise ResultError(f"{describe(path, error)}; {REMEDY}") from error
    if old.seal != sha256(json.dumps(data["runs"], sort_keys=True).encode()):
        raise ResultError(f"{path}: seal: the file is not as it was written; {REMEDY}")
    return old.runs


def sealed(run: Run, files: Mapping[str, bytes]) -> Run:
    """Return a run with its seal; `files` are those beside `run.json`."""
    return run.model_copy(update={"seal": Seal(run=_own(run), files={name: sha256(content) for name, content in files.items()})})


def broken_seals(folder: Path, run: Run, files: Mapping[str, str], version: int, old: OldRun | None) -> Iterator[str]:
    """Yield what is missing from a run, was added to it, or is no longer what was sealed.

    Args:
        folder: the run's.
        run: as it was read.
        files: name -> SHA-256 of its files, `run.json` included.
        version: the schema that `run.json` is of.
        old: what `digests.json` says of it. Runs of schema 1 that were never published are not in there, and have no seal.
    """
    where = str(folder / RUN)
    if old is not None:
        where, expected = str(folder.parent / OLD_RUNS), dict(old.files)
    elif version == 1:
        if run.plan.profile == "full":
            yield f"{where}: is of schema 1, and {folder.parent / OLD_RUNS} does not list it; {REMEDY}"
        return
    elif run.seal is None:
        yield f"{where}: seal: is missing; {REMEDY}"
        return
    else:
        expected = {**run.seal.files, RUN: ""}
        if run.seal.run != _own(run):
            yield f"{where}: seal.run: the file is not as it was written; {REMEDY}"
    for name in sorted(expected.keys() - files.keys()):
        yield f"{folder / name}: is missing, and {where} lists it; {REMEDY}"
    for name in sorted(files.keys() - expected.keys()) if run.finished else ():  # a kill may come before `run.json` is renewed
        yield f"{folder / name}: is not of the run: {where} does not list it; remove it"
    for name in sorted(files.keys() & expected.keys()):
        if expected[name] and files[name] != expected[name]:
            yield f"{folder / name}: is not as it was when it was written: its SHA-256 is not that in {where}; {REMEDY}"


def _own(run: Run) -> str:
    return sha256(run.model_copy(update={"seal": None}).model_dump_json().encode())
