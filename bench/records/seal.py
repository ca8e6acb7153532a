"""What a finished run consists of, so that a change of any byte is seen; and what the runs of schema 1 lack of that.

A run of schema 2 has its seal in `run.json`. The committed runs of schema 1 stay as they are: their digests, and those of the
programs that they measured, are in `digests.json` beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError

from bench.records.files import ResultError, parse, read_bytes, sha256
from bench.records.run import BenchmarkId, Program, Record, Run, RunId, Seal, Sha256

OLD_RUNS = "digests.json"


class OldRun(Record):
    """What a run of schema 1 does not say of itself."""

    files: dict[str, Sha256]
    """File name, `run.json` included -> digest of its bytes."""
    programs: dict[BenchmarkId, dict[Program, Sha256]]
    """Benchmark -> program -> digest of what was measured; benchmarks whose programs had changed by then are left out."""


class OldRuns(Record):
    """`bench/results/digests.json`."""

    runs: dict[RunId, OldRun]


def load_old_runs(results: Path) -> Mapping[str, OldRun]:
    """Return run -> what `digests.json` says of it; empty where a folder of results has no such file.

    Raises:
        ResultError: the file cannot be used; the message names the key.
    """
    path = results / OLD_RUNS
    if not path.exists():
        return {}
    try:
        return OldRuns.model_validate(parse(path, read_bytes(path))).runs
    except ValidationError as error:
        raise ResultError(describe(path, error)) from error


def sealed(run: Run, files: Mapping[str, bytes]) -> Run:
    """Return a finished run with its seal; `files` are those beside `run.json`."""
    return run.model_copy(update={"seal": Seal(run=_own(run), files={name: sha256(content) for name, content in files.items()})})


def broken_seals(folder: Path, run: Run, files: Mapping[str, bytes], old: OldRun | None) -> Iterator[str]:
    """Yield what is missing from a run, was added to it, or is no longer what was sealed; `files` include `run.json`."""
    if old is not None:
        expected: Mapping[str, str] = old.files
        where = str(folder.parent / OLD_RUNS)
    elif run.seal is not None:
        expected = {**run.seal.files, "run.json": ""}
        where = str(folder / "run.json")
        if run.seal.run != _own(run):
            yield f"{folder / 'run.json'}: seal.run: the file is not as it was when the run ended; restore it from git"
    else:
        return
    for name in sorted(expected.keys() - files.keys()):
        yield f"{folder / name}: is missing, and {where} lists it; restore it from git"
    for name in sorted(files.keys() - expected.keys()):
        yield f"{folder / name}: is not of the run: {where} does not list it; remove it"
    for name in sorted(files.keys() & expected.keys()):
        if expected[name] and sha256(files[name]) != expected[name]:
            yield f"{folder / name}: is not as it was when the run ended: its SHA-256 is not that in {where}; restore it from git"


def describe(path: Path, error: ValidationError, most: int = 5) -> str:
    """Say what is wrong with a file, a line for each of the first keys."""
    lines = [f"{path}: {'.'.join(map(str, detail['loc']))}: {detail['msg']}" for detail in error.errors()[:most]]
    more = error.error_count() - len(lines)
    return "\n".join([*lines, *([f"{path}: and {more} more"] if more > 0 else [])])


def _own(run: Run) -> str:
    return sha256(run.model_copy(update={"seal": None}).model_dump_json().encode())
