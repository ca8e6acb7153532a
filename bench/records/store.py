"""The folders of runs: made, read with nothing taken on trust, and written whole or by appending."""

from __future__ import annotations

import contextlib
import itertools
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bench.records import journal, mistakes, prototyping, simulation
from bench.records.canary import judged_again
from bench.records.files import REMEDY, ResultError, UnreadableError, describe, parse, read_bytes, sha256, write_whole
from bench.records.heads import ResultHead, RunHead, digest_of, result_head
from bench.records.migrate import migrated_result, migrated_run, programs_of, version_of
from bench.records.run import SCHEMA_VERSION, BenchmarkResult, Invocation, Run
from bench.records.seal import RUN, OldRun, broken_seals, load_old_runs, sealed

LOG = "bench.log"
ESTIMATES = "estimates.json"
"""What was computed of a run when it was new; written and read by what publishes it, and no part of what was measured."""
RESULTS = "*--*.json"


@dataclass(frozen=True, repr=False)  # megabytes, which a failing test would print
class StoredRun:
    """One folder below bench/results/."""

    folder: Path
    run: Run
    results: Mapping[str, BenchmarkResult]
    """Benchmark id -> its invocations in this run; read when it is first asked for where the run's head was known."""
    known: RunHead | None = field(default=None, compare=False)
    """Of a run that has finished."""

    def head(self, benchmark: str) -> ResultHead | None:
        """Return what is known of a benchmark's result without reading it; None where the run has none."""
        if self.known is not None:
            return self.known.results.get(benchmark)
        result = self.results.get(benchmark)
        return None if result is None else result_head(result)


class _Unread(Mapping[str, BenchmarkResult]):
    """The results of a run whose head is known, each read when it is first asked for."""

    def __init__(self, folder: Path, head: RunHead, files: Mapping[str, str], old: OldRun | None) -> None:
        self._folder, self._head, self._files, self._old = folder, head, files, old
        self._read: dict[str, BenchmarkResult] = {}

    def __getitem__(self, benchmark: str) -> BenchmarkResult:
        if benchmark not in self._head.results:
            raise KeyError(benchmark)
        if benchmark not in self._read:
            name = result_name(benchmark)
            content = read_bytes(self._folder / name)
            if sha256(content) != self._files[name]:
                raise ResultError(f"{self._folder / name}: has changed while it was in use; start the command again")
            data = parse(self._folder / name, content)
            self._read[benchmark] = _result(self._folder / name, data, version_of(self._folder / name, data), self._old)
        return self._read[benchmark]

    def __iter__(self) -> Iterator[str]:
        return iter(self._head.results)

    def __len__(self) -> int:
        return len(self._head.results)


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


def load_store(results: Path, heads: Mapping[str, RunHead] | None = None) -> Store:
    """Load every run below `results`; those that cannot be used are set aside, each with its reasons.

    `heads` are those of runs that were found good before, by id: a run that is still the same is not parsed again.

    Raises:
        ResultError: `digests.json` cannot be used, by which the runs of schema 1 are judged.
    """
    old = load_old_runs(results)
    runs: list[StoredRun] = []
    set_aside: list[SetAside] = []
    folders = {path.parent for pattern in ("*.json", "*.jsonl") for path in results.glob(f"*/{pattern}")}
    folders -= {results / mistakes.FOLDER, results / prototyping.FOLDER, results / simulation.FOLDER}
    folders |= {results / name for name in old}
    for folder in sorted(folders):
        try:
            runs.append(load_run(folder, old.get(folder.name), (heads or {}).get(folder.name)))
        except NewerSchemaError as error:
            set_aside.append(SetAside(folder, (str(error),), damaged=False))
        except ResultError as error:
            set_aside.append(SetAside(folder, tuple(str(error).splitlines()), damaged=True))
    return Store(tuple(sorted(runs, key=lambda stored: stored.run.started)), tuple(set_aside))


def load_run(folder: Path, old: OldRun | None = None, known: RunHead | None = None) -> StoredRun:
    """Load one run's folder.

    `old` is what `digests.json` says of it. A benchmark that is still measured is read from its journal. Where `known` is of
    these very files, they are neither checked nor parsed again.

    Raises:
        ResultError: a file is missing, truncated, changed or invalid, or they contradict each other: a line for each problem.
        NewerSchemaError: it is of a schema that this code does not know.
    """
    contents = {path.name: read_bytes(path) for path in (folder / RUN, *sorted(folder.glob(RESULTS)))}
    files = {name: sha256(content) for name, content in contents.items()}
    digest = digest_of(files, old)
    if known is not None and known.digest == digest:
        programs = {name: head.planned for name, head in known.results.items()}
        read = parse(folder / RUN, contents[RUN])
        run = _judged_again(_run(folder, read, _versions(folder, {RUN: read})[RUN], programs))
        stored = StoredRun(folder, run, _Unread(folder, known, files, old), known)
        if problems := list(_strangers(stored)):
            raise ResultError("\n".join(problems))
        return stored
    run, results = _checked(folder, {name: parse(folder / name, content) for name, content in contents.items()}, files, old)
    heads = {name: result_head(result) for name, result in results.items()}
    return StoredRun(folder, run, results, RunHead(digest=digest, results=heads) if run.finished else None)


def _checked(
    folder: Path, data: Mapping[str, dict[str, Any]], files: Mapping[str, str], old: OldRun | None
) -> tuple[Run, dict[str, BenchmarkResult]]:
    """Check everything in a run's folder; `data` is what its files hold, `files` their SHA-256."""
    versions = _versions(folder, data)
    run, results = _validated(folder, data, versions, old)
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
    if problems := [*_contradictions(stored), *_strangers(stored)]:
        raise ResultError("\n".join(problems))
    return _judged_again(run), results


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
    for name, data in read.items():
        if name == RUN:
            continue
        try:
            result = _result(folder / name, data, versions[name], old)
        except _InvalidError as error:
            problems.append(str(error))
            continue
        if name != result_name(result.benchmark):
            where = f"{folder / name}: benchmark: is {result.benchmark}, which belongs into {result_name(result.benchmark)}"
            problems.append(f"{where}; {REMEDY}")
        results[result.benchmark] = result
    programs = {}
    if versions[RUN] != SCHEMA_VERSION:
        programs = {str(data.get("benchmark")): programs_of(folder / name, data) for name, data in read.items() if name != RUN}
    try:
        run = _run(folder, read[RUN], versions[RUN], programs)
    except _InvalidError as error:
        problems.append(str(error))
    if problems:
        raise ResultError("\n".join(problems))
    return run, results


class _InvalidError(ResultError):
    """A file does not fit its model: a line for each key."""


def _result(file: Path, data: dict[str, Any], version: int, old: OldRun | None) -> BenchmarkResult:
    current = data if version == SCHEMA_VERSION else migrated_result(file, data, old)
    try:
        return BenchmarkResult.model_validate(current)
    except ValidationError as error:
        raise _InvalidError("\n".join(f"{line}; {REMEDY}" for line in describe(file, error).splitlines())) from error


def _run(folder: Path, data: dict[str, Any], version: int, programs: Mapping[str, Sequence[str]]) -> Run:
    current = data if version == SCHEMA_VERSION else migrated_run(folder / RUN, data, programs)
    try:
        return Run.model_validate(current)
    except ValidationError as error:
        raise _InvalidError("\n".join(f"{line}; {REMEDY}" for line in describe(folder / RUN, error).splitlines())) from error


def _judged_again(run: Run) -> Run:
    """Return a run whose interpreters' canaries are judged by this code's references."""
    return run.model_copy(update={"pythons": tuple(judged_again(python) for python in run.pythons)})


def _contradictions(stored: StoredRun) -> Iterator[str]:
    """Yield what does not fit together in a run whose files are each valid."""
    folder, run = stored.folder, stored.run
    moments = [run.started, *(part.started for part in run.parts), *([run.finished] if run.finished else [])]
    if moments != sorted(moments):
        yield f"{folder / RUN}: finished: the times of start, parts and end are not in order"
    for name in sorted(run.plan.programs.keys() - stored.results.keys()) if run.finished else ():
        yield f"{folder / result_name(name)}: is missing, and the plan has it; {REMEDY}"
    for name, result in stored.results.items():
        yield from _result_contradictions(stored, folder / result_name(name), result)


def _strangers(stored: StoredRun) -> Iterator[str]:
    """Yield what tells that a folder holds more than its run, or another one."""
    folder, run = stored.folder, stored.run
    if folder.name != run.id:
        yield f"{folder / RUN}: id: is {run.id}, and the folder is {folder.name}; rename the folder"
    suffixes = (".json",) if run.finished else (".json", journal.SUFFIX)
    known = {RUN, LOG, ESTIMATES, *(stem(name) + suffix for name in run.plan.programs for suffix in suffixes)}
    for path in sorted(folder.glob("*")):
        if path.name not in known and not path.name.startswith("."):
            yield f"{path}: is not of the run; remove it"


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
