"""What one run of the tools over the mistakes found, and where that is kept: bench/results/mistakes/<date>-<host>.json."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime

from bench.records.files import read_as, write_whole
from bench.records.run import Machine, Record

FOLDER = "mistakes"
"""Below the results, beside the runs; no run itself."""


class Tool(Record):
    """What was run over each mistake."""

    name: str
    language: Literal["python", "go"]
    version: str
    command: str
    tests: bool
    """Whether it runs the service's tests; the others read the source, or compile it."""
    unavailable: str | None = None
    """Why it could not be run on this machine."""


class Outcome(Record):
    """What a tool said to a mistake."""

    mistake: str
    tool: str
    result: Literal["caught", "missed", "not-run"]
    """Not run: the mistake does not compile, or the tool is unavailable."""
    line: str
    """The first line of its output that says why; empty where it said nothing."""


class MistakesRecord(Record):
    """One run of all tools over all mistakes."""

    started: AwareDatetime
    commit: str
    dirty: bool
    """Whether files differed from the commit."""
    machine: Machine
    python: str
    """The interpreter's version."""
    go: str
    """The toolchain's version."""
    subject: str
    """The digest of mistakes, service and tests: `bench.catalog.mistakes.digest`."""
    tools: tuple[Tool, ...]
    outcomes: tuple[Outcome, ...]

    def catchers(self, mistake: str, language: str) -> tuple[Tool, ...]:
        """Return the tools of a language that caught a mistake, in the order in which they are run."""
        caught = {outcome.tool for outcome in self.outcomes if outcome.mistake == mistake and outcome.result == "caught"}
        return tuple(tool for tool in self.tools if tool.language == language and tool.name in caught)


def save(results: Path, record: MistakesRecord, host: str) -> Path:
    """Write a record as that of its day and host, and return the file; raises ResultError."""
    path = results / FOLDER / f"{record.started:%Y-%m-%d}-{host}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = record.model_dump_json(exclude={"outcomes"}, indent=2).removesuffix("\n}")
    outcomes = ",\n".join(f"    {outcome.model_dump_json()}" for outcome in record.outcomes)
    write_whole(path, f'{head},\n  "outcomes": [\n{outcomes}\n  ]\n}}\n')
    return path


def newest(results: Path) -> MistakesRecord | None:
    """Return the newest record; None where there is none.

    Raises:
        ResultError: one cannot be used; the message names file and key.
    """
    records = (read_as(MistakesRecord, path) for path in sorted((results / FOLDER).glob("*.json")))
    return max(records, key=lambda record: record.started, default=None)
