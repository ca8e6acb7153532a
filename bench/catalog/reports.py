"""The records of reports.toml: what teams published that changed the language of a service, or did not."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from bench.catalog.model import BenchmarkId, Record, Variant

Direction = Literal["to Go", "proposed", "stayed", "to Python", "to another"]
"""Where a team took its service: to Go, or no further than a proposal or pilot; nowhere; back to Python; to a third language."""
Address = Annotated[str, StringConstraints(pattern=r"^https://")]
Positive = Annotated[float, Field(gt=0)]
OneOrRange = Positive | tuple[Positive, Positive]


class Counterpart(Record):
    """Two programs of ours: the closest to the two that a report compares."""

    benchmark: BenchmarkId
    python: Variant
    go: Variant


class ReportedMetric(Record):
    """A metric that a team published, in the source's unit; a range where the source has one."""

    what: str
    before: OneOrRange | None = None
    after: OneOrRange | None = None
    """None where the source, or what can be read of it, has none."""
    unit: str | None = None
    """What both are in, as the source writes it."""
    better: Literal["lower", "higher"] = "lower"
    times: OneOrRange | None = None
    """How many times better it became, where the source says so itself."""
    bound: Literal["about", "at least"] | None = None
    """Where the source says so of the times, or of the metrics that they follow from."""
    ours: Counterpart | None = None
    """Only where the first metric is Python's, and the second Go's."""

    @model_validator(mode="after")
    def _says_something(self) -> ReportedMetric:
        if self.before is None and (self.times is None or self.after is not None):
            raise ValueError("needs before, or times alone")
        if (self.unit is None) != (self.before is None):
            raise ValueError("unit belongs to before and after, and to nothing else")
        for ends in (self.before, self.after, self.times):
            if isinstance(ends, tuple) and ends[0] >= ends[1]:
                raise ValueError("a range has its lower end first")
        return self

    @property
    def factor(self) -> tuple[float, float] | None:
        """How many times better it became, from low to high, below 1 worse; None where that was not published."""
        if self.times is not None:
            return both_ends(self.times)
        if self.before is None or self.after is None:
            return None
        more, less = (self.before, self.after) if self.better == "lower" else (self.after, self.before)
        return both_ends(more)[0] / both_ends(less)[1], both_ends(more)[1] / both_ends(less)[0]


class Report(Record):
    """What a team published that moved a service from one language to another, or decided not to."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    team: str
    published: Annotated[str, StringConstraints(pattern=r"^20\d\d(-\d\d(-\d\d)?)?$")] | None = None
    """Year, month or day, as far as the source gives it; None where it has no date."""
    address: Address
    """The team's own text, or the nearest to it that is known."""
    read_at: Address | None = None
    """The copy, summary or translation that was read, where that is not the address."""
    anecdote: bool = False
    """Whether nobody stands by it with a name, so that it is shown and its metrics are not counted."""
    direction: Direction
    service: str
    """What kind of service it is, in words."""
    conditions: str
    """What was measured and how, as far as the source says."""
    reason: str
    """Why the team did it, in our words."""
    metric: tuple[ReportedMetric, ...] = ()
    """What it published; none where it gave reasons alone."""
    explanation: str
    """Why ours differ, in either direction; or what stands in the way of a comparison."""


def both_ends(value: OneOrRange) -> tuple[float, float]:
    """Return a range's ends; a number is both."""
    return value if isinstance(value, tuple) else (value, value)
