"""Older schemas -> the one of this code. Files stay as they are: what is read of them is brought up to date in memory.

From 1 to 2: the run has parts (commit, database and command were the run's), and its plan names programs, not benchmarks;
results say what was measured program by program, and terms were made one: `controls` are `aa_controls`, `served` is
`min_http_rounds`, `fewest` is `min_pairs`, `widest` is `max_half_width`, and a reading's `figures` are `metrics`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.records.files import ResultError, UnreadableError
from bench.records.run import NO_COMMIT, SCHEMA_VERSION
from bench.records.seal import OldRun

Json = dict[str, Any]
OLDEST = 1


def version_of(path: Path, data: Json) -> int:
    """Return the schema that a file is of.

    Raises:
        UnreadableError: it is newer than this code, or says none.
    """
    version = data.get("schema_version")
    if not isinstance(version, int) or isinstance(version, bool) or version < OLDEST:
        raise ResultError(f"{path}: schema_version: is {version!r}, which is no schema; restore it from git or delete the run")
    if version > SCHEMA_VERSION:
        raise UnreadableError(f"{path}: schema_version: is {version}, and this code knows {SCHEMA_VERSION}; update the project")
    return version


def migrated_run(path: Path, run: Json, programs: Mapping[str, Sequence[str]]) -> Json:
    """Return a run of schema 1 as one of schema 2; `programs` are those that its results speak of, by benchmark.

    Raises:
        ResultError: a key that the migration needs is missing.
    """
    try:
        plan = {_PLAN.get(key, key): value for key, value in run["plan"].items() if key != "benchmarks"}
        planned = {name: list(programs.get(name, ())) for name in run["plan"]["benchmarks"]}
        moved = ("commit", "dirty", "database", "command")
        part = {
            "started": run["started"],
            "commit": NO_COMMIT if set(run["commit"]) == {"0"} else run["commit"],
            "dirty": run["dirty"],
            "harness": None,
            "database": run.get("database"),
            "command": run["command"],
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise ResultError(_lacking(path, error)) from error
    kept = {key: value for key, value in run.items() if key not in moved}
    return kept | {"schema_version": SCHEMA_VERSION, "parts": [part], "plan": plan | {"programs": planned}}


def programs_of(path: Path, result: Json) -> list[str]:
    """Return the programs that a result of schema 1 speaks of.

    Raises:
        ResultError: a key that says so is missing.
    """
    try:
        tried = (invocation["program"] for invocation in result["invocations"])
        return sorted({*result["loops"], *result["unavailable"], *tried})
    except (KeyError, TypeError, AttributeError) as error:
        raise ResultError(_lacking(path, error)) from error


def migrated_result(path: Path, result: Json, old: OldRun | None) -> Json:
    """Return a result of schema 1 as one of schema 2; `old` is what `digests.json` says of its run.

    Raises:
        ResultError: a key that the migration needs is missing.
    """
    try:
        invocations = [_invocation(invocation) for invocation in result["invocations"]]
        programs = old.programs.get(result["benchmark"], {}) if old else {}
    except (KeyError, TypeError, AttributeError) as error:
        raise ResultError(_lacking(path, error)) from error
    kept = {_RESULT.get(key, key): value for key, value in result.items() if key not in ("sources", "digest")}
    return kept | {"schema_version": SCHEMA_VERSION, "programs": dict(programs), "invocations": invocations}


_PLAN = {"controls": "aa_controls", "served": "min_http_rounds"}
_RESULT = {"fewest": "min_pairs", "widest": "max_half_width"}


def _invocation(invocation: Json) -> Json:
    if not invocation.get("readings"):
        return invocation
    readings = [
        {("metrics" if key == "figures" else key): value for key, value in reading.items()} for reading in invocation["readings"]
    ]
    return invocation | {"readings": readings}


def _lacking(path: Path, error: Exception) -> str:
    key = str(error.args[0]) if isinstance(error, KeyError) and error.args else "a part"
    return f"{path}: {key}: is missing or of another kind; restore it from git or delete the run"
