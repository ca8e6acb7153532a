"""The result files: read, checked, and written whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bench.records.canary import judged_again
from bench.records.run import SCHEMA_VERSION, BenchmarkResult, Run

Model = TypeVar("Model", bound=BaseModel)


class ResultError(Exception):
    """A result file cannot be used; the message names file and key and says what to do."""


@dataclass(frozen=True)
class StoredRun:
    """One folder below bench/results/."""

    folder: Path
    run: Run
    results: dict[str, BenchmarkResult]
    """Benchmark id -> its invocations in this run."""


def load_runs(folder: Path) -> tuple[StoredRun, ...]:
    """Load every run below `folder`, the oldest first.

    Raises:
        ResultError: a file is truncated, invalid, or of a schema version that this code does not know.
    """
    runs = (load_run(path.parent) for path in sorted(folder.glob("*/run.json")))
    return tuple(sorted(runs, key=lambda stored: stored.run.started))


def load_run(folder: Path) -> StoredRun:
    """Load one run's folder; raises ResultError as `load_runs` does."""
    run = _read(folder / "run.json", Run)
    run = run.model_copy(update={"pythons": tuple(judged_again(python) for python in run.pythons)})
    results = [_read(path, BenchmarkResult) for path in sorted(folder.glob("*--*.json"))]
    for result in results:
        if result.run != run.id:
            raise ResultError(f"{folder / result_name(result.benchmark)}: run: belongs to {result.run}, not to {run.id}")
    return StoredRun(folder, run, {result.benchmark: result for result in results})


def result_name(benchmark: str) -> str:
    """Return the file name of a benchmark's result: "execution--n-body.json"."""
    return f"{benchmark.replace('/', '--')}.json"


def save_run(folder: Path, run: Run) -> None:
    """Write `run.json` into `folder`, which is made if it is new."""
    write_whole(folder / "run.json", run.model_dump_json(indent=2) + "\n")


def save_result(folder: Path, result: BenchmarkResult) -> None:
    """Write a benchmark's file, one invocation to a line."""
    head = result.model_dump(mode="json", exclude={"invocations"})
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    invocations = ",\n".join(f"    {invocation.model_dump_json()}" for invocation in result.invocations)
    text = "{\n" + "\n".join(lines) + '\n  "invocations": [\n' + invocations + "\n  ]\n}\n"
    write_whole(folder / result_name(result.benchmark), text)


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path` so that the file is either the old one or the new one, at any moment.

    Raises:
        ResultError: the disk is full or the folder cannot be written; the old file is untouched.
    """
    beside = path.with_name(f".{path.name}.part")  # always the same: what a kill leaves is overwritten when the run goes on
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise ResultError(f"{path}: could not be written: {error.strerror}; what was measured before it is kept") from error


def _read(path: Path, model: type[Model]) -> Model:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ResultError(f"{path}: not valid JSON, perhaps truncated: {error}; restore it from git or delete the run") from error
    except OSError as error:
        raise ResultError(f"{path}: cannot be read: {error.strerror}") from error
    version = data.get("schema_version") if isinstance(data, dict) else None
    if version != SCHEMA_VERSION:
        raise ResultError(f"{path}: schema_version: is {version!r}, and this code knows {SCHEMA_VERSION}; update the project")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise ResultError(f"{path}: {key}: {first['msg']}{more}; restore it from git or delete the run") from error
