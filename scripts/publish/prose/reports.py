"""What teams published that changed the language of a service, or did not, beside what was measured here of such services."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bench.analyse.records import Ratio
from bench.catalog import Benchmark
from bench.catalog.model import GoImplementation, PythonImplementation
from bench.catalog.reports import Counterpart, Direction, OneOrRange, Report, ReportedMetric, both_ends
from scripts.publish.facts.data import SiteData
from scripts.publish.prose.crosscheck import two_digits
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link, markdown
from scripts.publish.tables import tables

TITLES: dict[Direction, str] = {
    "to Go": "To Go",
    "proposed": "Proposed, or a pilot",
    "stayed": "Stayed with Python",
    "to Python": "Back to Python",
    "to another": "To another language",
}
"""Where a service went -> the heading of those reports."""
COUNTED: dict[Direction, str] = {
    "to Go": "went to Go",
    "proposed": "proposed it or ran a pilot",
    "stayed": "stayed with Python",
    "to Python": "came back to Python",
    "to another": "took a third language",
}
TOWARDS_GO: tuple[Direction, ...] = ("to Go", "proposed")
NONE_PUBLISHED = "none published"


@dataclass(frozen=True)
class Beside:
    """A published metric with ours."""

    metric: ReportedMetric
    counterpart: Counterpart
    benchmark: Benchmark
    ours: Ratio | None

    @property
    def quotient(self) -> float | None:
        """Our ratio over theirs, above 1 where ours is further towards Go; a range counts as its middle.

        None where one of the two is missing or may not be published, or theirs is a bound.
        """
        if self.metric.factor is None or self.metric.bound == "at least" or self.ours is None or not self.ours.publishable:
            return None
        low, high = self.metric.factor
        return self.ours.ratio / math.sqrt(low * high)


def section(site: SiteData, here: Address) -> Markdown:
    """Return the finding, the table, and what each team says, by where it went."""
    reports = site.catalog.reports
    rows = [[Markdown(cell) for cell in _row(site, here, report)] for report in reports]
    head = ("Report", "Service", "Published", "Here", "Why they differ")
    counted = [one for report in reports if not report.anecdote for one in _beside(site, report)]
    parts = [_directions(reports), _further(counted), tables.markdown(head, rows)]
    for direction, title in TITLES.items():
        entries = [_entry(report) for report in reports if report.direction == direction]
        if entries:
            parts += [f"## {title}", *entries]
    return Markdown("\n\n".join(part for part in parts if part))


def _beside(site: SiteData, report: Report) -> Iterator[Beside]:
    for metric in report.metric:
        if metric.ours is not None:
            benchmark = site.catalog.benchmark(metric.ours.benchmark)
            yield Beside(metric, metric.ours, benchmark, site.ratio(benchmark.id, metric.ours.python, metric.ours.go))


def _directions(reports: Sequence[Report]) -> str:
    """Say how many went where, and how many of them published what the languages differ by."""
    counts = {direction: sum(report.direction == direction for report in reports) for direction in COUNTED}
    went = ", ".join(f"{count} {COUNTED[direction]}" for direction, count in counts.items())
    movers = sum(bool(report.metric) for report in reports if report.direction in TOWARDS_GO)
    others = sum(any(metric.ours for metric in report.metric) for report in reports if report.direction not in TOWARDS_GO)
    return (
        f"**Of {wording.count(len(reports), 'report')}, {went}.** Of those that went to Go or proposed it, {movers} published a "
        f"metric; of the others, {others} published one of both languages that can be compared, and the rest gave reasons. Who "
        "moves measures, and who stays seldom does: a count of reports does not say which choice is right."
    )


def _further(besides: Sequence[Beside]) -> str:
    """Say how many of the factors that can be compared are larger than ours: no mean, since they are of several kinds."""
    quotients = [quotient for one in besides if (quotient := one.quotient) is not None]
    if not quotients:
        return "None of their metrics can be compared yet: no benchmark that is close to one has a result to publish."
    below = sum(quotient < 1 for quotient in quotients)
    sentence = (
        f"**Of {wording.count(len(quotients), 'published factor')} that can be compared, {below} "
        f"{'is' if below == 1 else 'are'} larger than ours.** Many of theirs compare whole machines, or a service with one that "
        "was designed anew; ours compare two programs of one design ([more](#what-to-make-of-them))."
    )
    missing = len(besides) - len(quotients)
    return f"{sentence} For {missing} more, one side or the other has no number; the table says which." if missing else sentence


def _row(site: SiteData, here: Address, report: Report) -> tuple[str, ...]:
    published = [f"{metric.what}: {_published(metric)}" for metric in report.metric] or [NONE_PUBLISHED]
    ours = [_ours(here, one) for one in _beside(site, report)]
    year = report.published[:4] if report.published else "undated"
    went = f"[{report.team}](#{report.id}), {year}, {COUNTED[report.direction]}{' (an anecdote)' if report.anecdote else ''}"
    return went, report.service, "<br>".join(published), "<br>".join(ours), report.explanation


def _published(metric: ReportedMetric) -> str:
    """Say a metric as it was published: "40.1 to 4.1 MiB, 9.8×"; ranges as ranges."""
    bound = f"{metric.bound} " if metric.bound else ""
    factor = f"{bound}{_range(metric.factor, two_digits)}×" if metric.factor else ""
    if metric.before is None:
        return factor
    ends = " → ".join(_range(end, _number) for end in (metric.before, metric.after) if end is not None)
    return ", ".join(part for part in (f"{ends} {metric.unit}", factor) if part)


def _range(value: OneOrRange, written: Callable[[float], str]) -> str:
    return " to ".join(dict.fromkeys(map(written, both_ends(value))))


def _number(value: float) -> str:
    return f"{value:,g}"


def _ours(here: Address, one: Beside) -> str:
    python = _program(one.benchmark.python[one.counterpart.python], one.counterpart.python)
    go = _program(one.benchmark.go[one.counterpart.go], one.counterpart.go)
    result = markdown(wording.result(one.ours, one.benchmark.unit))
    return f"{link(one.benchmark.title, here.to_benchmark(one.benchmark))}, {python} and {go}: {result}"


def _program(program: PythonImplementation | GoImplementation, variant: str) -> str:
    """Name a program by what readers know of it: a server's title, a library, or the variant in words."""
    return program.title or program.library or variant.replace("-", " ")


def _entry(report: Report) -> str:
    source = f"[{report.published or 'undated'}]({report.address})"
    if report.read_at:
        source += f", read [at second hand]({report.read_at})"
    return (
        f"### {report.team} {{ #{report.id} data-search-exclude }}\n\n"
        f"{report.service}. Published: {source}.\n\n"
        f"- **Why:** {report.reason.rstrip('.')}.\n- **Conditions:** {report.conditions.rstrip('.')}."
    )
