"""The folders of runs: made, read with nothing taken on trust, and written whole or by appending."""

from __future__ import annotations

import contextlib
import itertools
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bench.records import journal
from bench.records.canary import judged_again
from bench.records.files import ResultError, UnreadableError, parse, read_bytes, write_whole
from bench.records.migrate import migrated_result, migrated_run, version_of
from bench.records.run import SCHEMA_VERSION, BenchmarkResult, Invocation, Run
from bench.records.seal import REMEDY, RUN, OldRun, broken_seals, describe, load_old_runs, sealed

LOG = "bench.log"
RESULTS = "*--*.json"


@dataclass(frozen=True)
class StoredRun:
    """One folder below bench/results/."""

    folder: Path
    run: Run
    results: dict[str, BenchmarkResult]
    """Benchmark id -> its invocations in this run."""


@dataclass(frozen=True)
class SetAside:
    """A run that cannot be used."""

    folder: Path
    reasons: tuple[str, ...]
    """One line each, with file and key."""
    damaged: bool
    """False where its files may be sound, and only newer than this code."""


@dataclass(frozen=True)
class Store:
    """Everything below a folder of results."""

    runs: tuple[StoredRun, ...]
    """The oldest first."""
    set_aside: tuple[SetAside, ...]


def load_store(results: Path) -> Store:
    """Load every run below `results`; those that cannot be used are set aside, each with its reasons.

    Raises:
        ResultError: `digests.json` cannot be used, by which the runs of schema 1 are judged.
    """
    old = load_old_runs(results)
    runs: list[StoredRun] = []
    set_aside: list[SetAside] = []
    folders = {path.parent for pattern in ("*.json", "*.jsonl") for path in results.glob(f"*/{pattern}")}
    folders |= {results / name for name in old}
    for folder in sorted(folders):
        try:
            runs.append(load_run(folder, old.get(folder.name)))
        except NewerSchemaError as error:
            set_aside.append(SetAside(folder, (str(error),), damaged=False))
        except ResultError as error:
            set_aside.append(SetAside(folder, tuple(str(error).splitlines()), damaged=True))
    return Store(tuple(sorted(runs, key=lambda stored: stored.run.started)), tuple(set_aside))


def load_run(folder: Path, old: OldRun | None = None) -> StoredRun:
    """Load one run's folder.

    `old` is what `digests.json` says of it. A benchmark that is still measured is read from its journal.

    Raises:
        ResultError: a file is missing, truncated, changed or invalid, or they contradict each other: a line for each problem.
        NewerSchemaError: it is of a schema that this code does not know.
    """
    files = {path.name: read_bytes(path) for path in (folder / RUN, *sorted(folder.glob(RESULTS)))}
    read = {name: parse(folder / name, content) for name, content in files.items()}
    versions = _versions(folder, read)
    run, results = _validated(folder, read, versions, old)
    if broken := list(broken_seals(folder, run, files, versions[RUN], old)):
        raise ResultError("\n".join(broken))
    for path in sorted(folder.glob(f"*--*{journal.SUFFIX}")):
        result = journal.read(path).result
        if path.stem != stem(result.benchmark):
            raise ResultError(
                f"{path}: benchmark: is {result.benchmark}, which belongs into {stem(result.benchmark)}{journal.SUFFIX}"
            )
        results.setdefault(result.benchmark, result)  # a kill between the two leaves the journal beside the complete file
    stored = StoredRun(folder, run, results)
    if problems := list(_contradictions(stored)):
        raise ResultError("\n".join(problems))
    pythons = tuple(judged_again(python) for python in run.pythons)
    return StoredRun(folder, run.model_copy(update={"pythons": pythons}), results)


def stem(benchmark: str) -> str:
    """Return the name of a benchmark's files, without their suffix: "execution--n-body"."""
    return benchmark.replace("/", "--")


def result_name(benchmark: str) -> str:
    """Return the file name of a benchmark's result: "execution--n-body.json"."""
    return f"{stem(benchmark)}.json"


def create_folder(results: Path, name: str) -> Path:
    """Make a folder of that name, or of `name-2`, `name-3`, ... where it is taken: two callers never get the same.

    Raises:
        ResultError: it cannot be made.
    """
    try:
        results.mkdir(parents=True, exist_ok=True)
        for number in itertools.count(1):
            folder = results / (name if number == 1 else f"{name}-{number}")
            with contextlib.suppress(FileExistsError):
                folder.mkdir()
                break
    except OSError as error:
        raise ResultError(f"{results / name}: cannot be made: {error.strerror}") from error
    return folder


def save_run(folder: Path, run: Run) -> Run:
    """Write `run.json` with the seal of the files beside it, and return the run as written; raises ResultError."""
    whole = sealed(run, {path.name: read_bytes(path) for path in sorted(folder.glob(RESULTS))})
    write_whole(folder / RUN, whole.model_dump_json(indent=2) + "\n")
    return whole


def open_result(folder: Path, result: BenchmarkResult) -> None:
    """Begin the journal of a benchmark with what is known of it so far; a torn line of an earlier part is gone with that."""
    journal.create(folder / f"{stem(result.benchmark)}{journal.SUFFIX}", result)


def add_invocation(folder: Path, benchmark: str, invocation: Invocation) -> None:
    """Append an invocation to a benchmark's journal."""
    journal.append(folder / f"{stem(benchmark)}{journal.SUFFIX}", invocation)


def close_result(folder: Path, result: BenchmarkResult) -> None:
    """Write a benchmark's whole result, one invocation to a line, and remove its journal."""
    head = result.model_dump(mode="json", exclude={"invocations"})
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    invocations = ",\n".join(f"    {invocation.model_dump_json()}" for invocation in result.invocations)
    text = "{\n" + "\n".join(lines) + '\n  "invocations": [\n' + invocations + "\n  ]\n}\n"
    write_whole(folder / result_name(result.benchmark), text)
    (folder / f"{stem(result.benchmark)}{journal.SUFFIX}").unlink(missing_ok=True)


def is_closed(folder: Path, benchmark: str) -> bool:
    """Whether a benchmark's result has been written as a whole."""
    return (folder / result_name(benchmark)).exists()


def has_results(folder: Path) -> bool:
    """Whether a run has measured, or at least calibrated, anything."""
    return any(any(folder.glob(pattern)) for pattern in (RESULTS, f"*--*{journal.SUFFIX}"))


def torn_journals(folder: Path) -> list[Path]:
    """Return the journals whose last line was torn by a kill: that invocation is made again."""
    return [path for path in sorted(folder.glob(f"*--*{journal.SUFFIX}")) if journal.read(path).torn]


class NewerSchemaError(UnreadableError):
    """A run is of a schema that this code does not know yet."""


def _versions(folder: Path, read: Mapping[str, dict[str, Any]]) -> dict[str, int]:
    """Return the schema that each file is of."""
    try:
        return {name: version_of(folder / name, data) for name, data in read.items()}
    except UnreadableError as error:
        raise NewerSchemaError(str(error)) from error


def _validated(
    folder: Path, read: Mapping[str, dict[str, Any]], versions: Mapping[str, int], old: OldRun | None
) -> tuple[Run, dict[str, BenchmarkResult]]:
    """Bring what was read up to the schema of this code, and check it against the models."""
    problems: list[str] = []
    results: dict[str, BenchmarkResult] = {}
    migrated = {
        name: data if versions[name] == SCHEMA_VERSION else migrated_result(folder / name, data, old)
        for name, data in read.items()
        if name != RUN
    }
    by_benchmark = {str(data.get("benchmark")): data for name, data in read.items() if name != RUN}
    run_data = read[RUN] if versions[RUN] == SCHEMA_VERSION else migrated_run(folder / RUN, read[RUN], by_benchmark)
    for name, data in migrated.items():
        try:
            result = BenchmarkResult.model_validate(data)
        except ValidationError as error:
            problems.append(describe(folder / name, error))
            continue
        if name != result_name(result.benchmark):
            problems.append(
                f"{folder / name}: benchmark: is {result.benchmark}, which belongs into {result_name(result.benchmark)}"
            )
        results[result.benchmark] = result
    try:
        run = Run.model_validate(run_data)
    except ValidationError as error:
        problems.append(describe(folder / RUN, error))
    if problems:
        raise ResultError("\n".join(f"{problem}; {REMEDY}" for problem in "\n".join(problems).split("\n")))
    return run, results


def _contradictions(stored: StoredRun) -> Iterator[str]:
    """Yield what does not fit together in a run whose files are each valid."""
    folder, run = stored.folder, stored.run
    if folder.name != run.id:
        yield f"{folder / RUN}: id: is {run.id}, and the folder is {folder.name}; rename the folder"
    moments = [run.started, *(part.started for part in run.parts), *([run.finished] if run.finished else [])]
    if moments != sorted(moments):
        yield f"{folder / RUN}: finished: the times of start, parts and end are not in order"
    for name in sorted(run.plan.programs.keys() - stored.results.keys()) if run.finished else ():
        yield f"{folder / result_name(name)}: is missing, and the plan has it; {REMEDY}"
    suffixes = (".json",) if run.finished else (".json", journal.SUFFIX)
    known = {RUN, LOG, *(stem(name) + suffix for name in run.plan.programs for suffix in suffixes)}
    for path in sorted(folder.glob("*")):
        if path.name not in known and not path.name.startswith("."):
            yield f"{path}: is not of the run; remove it"
    for name, result in stored.results.items():
        yield from _result_contradictions(stored, folder / result_name(name), result)


def _result_contradictions(stored: StoredRun, file: Path, result: BenchmarkResult) -> Iterator[str]:
    run = stored.run
    if result.run != run.id:
        yield f"{file}: run: belongs to {result.run}, not to {run.id}"
    planned = run.plan.programs.get(result.benchmark, ())
    if result.benchmark not in run.plan.programs:
        yield f"{file}: benchmark: {result.benchmark} is not in the plan of run.json"
    for key, names in (
        ("invocations", [invocation.program for invocation in result.invocations]),
        ("loops", result.loops),
        ("unavailable", result.unavailable),
        ("programs", result.programs),
    ):
        for name in sorted(set(names) - set(planned)):
            yield f"{file}: {key}: {name} is not in the plan of run.json"
    places = Counter((invocation.round, invocation.position) for invocation in result.invocations)
    for (number, position), count in places.items():
        if count > 1:
            yield f"{file}: invocations: {count} have round {number} and position {position}, and one can"
