"""The records that the analysis returns. Never stored: always computed again from the raw invocations."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Outcome = Literal["python faster", "go faster", "no difference shown", "not significant"]
Judgement = Literal["supported", "overstated", "partly", "contradicted", "not measurable", "not measured yet"]
ConfirmationState = Literal["confirmed", "not confirmed", "too wide"]


class Record(BaseModel):
    """A frozen record that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")


class Flag(Record):
    """Something a reader must know about a metric. A blocker takes its place; a warning stands beside it."""

    kind: str
    """A short name that does not change, for programs: "checksum", "unoptimised-interpreter", "drift", ..."""
    blocker: bool
    message: str
    """One sentence for people, with the numbers that raised the flag."""


class Interval(Record):
    """A confidence interval and the confidence that it really has."""

    low: float
    high: float
    confidence: float

    def contains(self, value: float) -> bool:
        """Whether `value` lies within, ends included."""
        return self.low <= value <= self.high

    @property
    def half_width(self) -> float:
        """Relative half-width of an interval with positive ends: sqrt(high / low) - 1."""
        return float((self.high / self.low) ** 0.5) - 1.0


class Ratio(Record):
    """Python time / Go time of one pair of programs: above 1 Go is faster.

    Where every pair was voided the metrics are NaN, and a blocker says why.
    """

    python: str
    """The program, "python/<tier>/<runtime>"."""
    go: str
    """The program, "go/<tier>"."""
    pairs: int
    """Valid pairs, which the metrics rest on."""
    voided: int
    """Pairs left out, for steal, what others used, failure or a checksum mismatch; never for their timing."""
    ratio: float
    """exp(median of ln(python / go))."""
    interval: Interval
    """Order-statistic interval of the median."""
    trimmed: Interval
    """20 % trimmed-t interval, as a check."""
    mean_ratio: float
    """Ratio of the arithmetic means, for comparison with sites that publish it."""
    p_value: float
    """Of the two-sided sign test of "no difference"."""
    outcome: Outcome
    """Which side the interval shows to be faster; "not significant" where that does not survive among the others."""
    among: int | None = None
    """Publishable ratios of the section that it was judged among; None before it is."""
    apart: float | None = None
    """Median seconds between the starts of the two of a pair; None without pairs, and where this was not computed yet."""
    neighbours: bool = False
    """Whether the two of every pair were run one right after the other."""
    flags: tuple[Flag, ...]

    @property
    def half_width(self) -> float:
        return self.interval.half_width

    @property
    def publishable(self) -> bool:
        return not any(flag.blocker for flag in self.flags)


class ProgramEstimate(Record):
    """The metric of one program over its invocations, in the benchmark's unit."""

    program: str
    invocations: int
    value: float
    """Median over the invocations of each one's median value, per iteration."""
    interval: Interval
    flags: tuple[Flag, ...]

    @property
    def publishable(self) -> bool:
        return not any(flag.blocker for flag in self.flags)


class Estimate(Record):
    """One benchmark of one run, analysed."""

    benchmark: str
    run: str
    programs: dict[str, ProgramEstimate]
    ratios: tuple[Ratio, ...]
    """Every Python program against every Go program of the same rounds."""
    unavailable: dict[str, str]
    """Program -> why it was not measured."""

    def ratio(self, python: str, go: str) -> Ratio | None:
        """Return the ratio of two programs; None where one of them was not measured."""
        return next((r for r in self.ratios if (r.python, r.go) == (python, go)), None)


class Speedup(Record):
    """How much faster one program does the same work with more workers."""

    program: str
    rounds: int
    speedup: float
    """exp(median of ln(time with one worker / time with several)), of the same rounds."""
    interval: Interval
    flags: tuple[Flag, ...]

    @property
    def publishable(self) -> bool:
        return not any(flag.blocker for flag in self.flags)


class SameLanguageComparison(Record):
    """One program against another of its language."""

    program: str
    rival: str
    """The other program."""
    ahead: float
    """exp(median of ln(rival / program)) of a metric of which less is better: above 1 the program is ahead."""
    interval: Interval
    flags: tuple[Flag, ...]

    @property
    def publishable(self) -> bool:
        return not any(flag.blocker for flag in self.flags)


class ControlInterval(Record):
    """One block of A/A pairs, as many as a published ratio needs."""

    contains_one: bool
    """Whether the interval of its ratio contains 1."""
    deviation: float
    """|ln ratio| of its median, less in proportion where wider intervals than 5 % are published."""


class ControlScore(Record):
    """How the A/A controls came out: programs that a run measured against themselves."""

    intervals: int
    """Blocks of as many A/A pairs as a published ratio needs, each with an interval of its own."""
    contain_one: int
    """Those that contain 1."""
    median_deviation: float
    """Median |ln ratio| over the intervals; NaN without intervals."""
    flags: tuple[Flag, ...]


class Change(Record):
    """One ratio in two runs."""

    before: Ratio
    after: Ratio
    change: float
    """After / before: above 1 Python has become slower against Go."""
    interval: Interval
    """Of the change."""
    shown: bool
    """Whether the interval leaves 1 out."""


class Confirmation(Record):
    """What another run of the same programs says of a result."""

    run: str
    """The other run."""
    state: ConfirmationState
    change: float
    """The result's ratio / the other run's."""
    interval: Interval
    """Of the change."""


class Verdict(Record):
    """What the results say of one claim."""

    claim: str
    verdict: Judgement
    holds: tuple[tuple[str, Ratio], ...]
    """(benchmark, ratio) of the comparisons that support the claim."""
    against: tuple[tuple[str, Ratio], ...]
    """(benchmark, ratio) of those that do not."""
    reason: str
    """One sentence with the counts, for the page."""
    runtimes: dict[str, int] = {}
    """Python's runtime -> the comparisons with it that were judged; empty where none is of Python."""
