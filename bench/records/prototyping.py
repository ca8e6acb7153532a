"""How long the steps of a prototype took, and where that is kept: bench/results/prototyping/<date>-<host>.json."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from bench.records.files import read_as, write_whole
from bench.records.run import Machine, Record, Seconds

FOLDER = "prototyping"
"""Below the results, beside the runs; no run itself."""

Task = Literal["first-test", "first-response", "edit", "format", "lint", "types", "tests"]
"""What is timed on both sides; steps of one task and cache are compared."""


class Step(Record):
    """One way to do a task."""

    name: str
    task: Task
    language: Literal["python", "go"]
    title: str
    """What it is done with."""
    cache: Literal["cold", "warm"]
    """Cold: every cache of the tools is an empty folder. Warm: they are as the same step left them."""
    command: str


class Round(Record):
    """Every step once, in random order; fewer where the run was interrupted."""

    load: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    """The machine's load average over a minute when the round began: processes that ran or waited, ours of before among them."""
    seconds: dict[str, Seconds]
    """Step -> how long it took, in the order in which they were timed."""


class PrototypingRecord(Record):
    """One run of all steps, round by round."""

    started: AwareDatetime
    commit: str
    dirty: bool
    """Whether files differed from the commit."""
    machine: Machine
    versions: dict[str, str]
    """Tool or library -> its version."""
    downloads: dict[Literal["python", "go"], Annotated[int, Field(ge=0)]]
    """Bytes that the steps' libraries were downloaded in, before any timing."""
    planned: Annotated[int, Field(ge=1)]
    """Rounds."""
    steps: tuple[Step, ...]
    rounds: tuple[Round, ...]

    @model_validator(mode="after")
    def _times_its_steps(self) -> Self:
        known = {step.name for step in self.steps}
        if unknown := sorted({name for one in self.rounds for name in one.seconds} - known):
            raise ValueError(f"rounds have steps that are not among the steps: {', '.join(unknown)}")
        return self

    @property
    def complete(self) -> bool:
        """Whether every planned round has every step."""
        return len(self.rounds) == self.planned and all(len(one.seconds) == len(self.steps) for one in self.rounds)

    def continues(self, other: PrototypingRecord) -> bool:
        """Whether the timings of both are of the same steps, tools and machine, so that one run resumes the other."""
        keys = ("commit", "machine", "versions", "planned", "steps")
        return all(getattr(self, key) == getattr(other, key) for key in keys)


def file(results: Path, record: PrototypingRecord, host: str) -> Path:
    """Return where a record is kept: as that of its day and host."""
    return results / FOLDER / f"{record.started:%Y-%m-%d}-{host}.json"


def save(results: Path, record: PrototypingRecord, host: str) -> Path:
    """Write a record, and return its file; raises ResultError."""
    path = file(results, record, host)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, record.model_dump_json(indent=1) + "\n")
    return path


def read(path: Path) -> PrototypingRecord:
    """Read a record.

    Raises:
        ResultError: it cannot be used; the message names file and key.
    """
    return read_as(PrototypingRecord, path)


def newest(results: Path) -> PrototypingRecord | None:
    """Return the newest complete record; None where there is none.

    Raises:
        ResultError: one cannot be used; the message names file and key.
    """
    complete: Iterator[PrototypingRecord] = (one for one in map(read, sorted((results / FOLDER).glob("*.json"))) if one.complete)
    return max(complete, key=lambda record: record.started, default=None)
