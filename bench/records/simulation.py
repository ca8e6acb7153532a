"""What was simulated of fleets, of which results, and where that is kept: bench/results/simulation/<date>.json."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from bench.records.files import read_as, write_whole
from bench.records.run import BenchmarkId, Program, Record, RunId, Seconds, Sha256, Share

FOLDER = "simulation"
"""Below the results, beside the runs; no run itself."""
Count = Annotated[int, Field(ge=1)]


class Source(Record):
    """A result that service times were drawn from, or that they are held against."""

    benchmark: BenchmarkId
    run: RunId
    digest: Sha256
    """Of the result's file."""


class Check(Record):
    """Two workers at the rate that they were measured at."""

    program: Program
    sources: tuple[Source, ...]
    requests: Count
    p50: Seconds
    p99: Seconds


class Undisturbed(Record):
    """A fleet that nothing happens to."""

    requests: Count
    p50: Seconds
    p99: Seconds


class Stalled(Record):
    """The same while one instance stalls; what is said of requests is of those that came meanwhile."""

    balancer: Literal["random", "fewest"]
    requests: Count
    """Of the whole scenario."""
    p99: Seconds
    late: Share
    """Of the requests: those that took longer than the target."""
    back: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None
    """Seconds from the beginning of the stall until the 99th percentile was back; None where it never was."""


class Deployed(Record):
    """The same while all instances are replaced."""

    together: Count
    """Instances that are replaced at a time."""
    requests: Count
    """Of the whole scenario, which may end before the deploy does."""
    p99: Seconds
    """Of the requests that came while it went on."""
    seconds: Seconds
    """That it takes to replace all."""


class Fleet(Record):
    """One server of the mix, many times."""

    program: Program
    sources: tuple[Source, ...]
    rate: Annotated[float, Field(gt=0, allow_inf_nan=False)]
    """Requests in a second, of the whole fleet."""
    undisturbed: Undisturbed
    stalled: tuple[Stalled, ...]
    deployed: tuple[Deployed, ...]


class SimulationRecord(Record):
    """All that was simulated at a time. It follows from results and seed, and so holds no time of its own."""

    seed: int
    instances: Count
    load: Share
    """Of its throughput that each instance is asked for."""
    target: Seconds
    """Longer than this is late."""
    stall: Seconds
    """For which one instance stalls."""
    checks: tuple[Check, ...]
    fleets: tuple[Fleet, ...]


def save(results: Path, record: SimulationRecord, day: date) -> Path:
    """Write a record as that of a day, and return the file; raises ResultError."""
    path = results / FOLDER / f"{day}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, record.model_dump_json(indent=1) + "\n")
    return path


def newest(results: Path) -> SimulationRecord | None:
    """Return the record of the latest day; None where there is none.

    Raises:
        ResultError: one cannot be used; the message names file and key.
    """
    records = [read_as(SimulationRecord, path) for path in sorted((results / FOLDER).glob("*.json"))]
    return records[-1] if records else None
