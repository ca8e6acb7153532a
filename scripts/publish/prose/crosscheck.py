"""What others published beside what was measured here, and what explains a disagreement."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import Literal

from bench.analyse.ratios import EQUIVALENCE
from bench.analyse.records import Ratio
from bench.catalog import Benchmark
from bench.catalog.model import Published, PublishedRatio
from scripts.publish.facts.data import SiteData
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link, markdown, unsearched
from scripts.publish.tables import tables

Agreement = Literal["agrees", "outside the band", "another winner", "not publishable", "not measured", "no counterpart"]
Winner = Literal["python", "go", "neither"]
JUDGED: tuple[Agreement, ...] = ("agrees", "outside the band", "another winner")
NEAR, WHOLE = 2.0, 99.5
"""Published ratios below the first are shown with one digit more, those from the second on as whole numbers."""


@dataclass(frozen=True)
class Comparison:
    """A published ratio and ours."""

    entry: Published
    published: PublishedRatio
    benchmark: Benchmark | None
    ours: Ratio | None

    @cached_property
    def agreement(self) -> Agreement:
        """Whether the same side wins and our interval reaches into the band around theirs, or why that is not known."""
        if self.benchmark is None:
            return "no counterpart"
        if self.ours is None:
            return "not measured"
        if not self.ours.publishable:
            return "not publishable"
        if winner(self.ours) != _published_winner(self.published):
            return "another winner"
        low, high = self.published.low / self.entry.band, self.published.high * self.entry.band
        return "agrees" if self.ours.interval.low <= high and self.ours.interval.high >= low else "outside the band"

    @property
    def judged(self) -> bool:
        """Whether both are known."""
        return self.agreement in JUDGED

    @property
    def quotient(self) -> float:
        """Our ratio over theirs, of one that is judged: above 1 ours is further towards Go. A range counts as its middle."""
        return self.ours.ratio / math.sqrt(self.published.low * self.published.high) if self.ours else math.nan


def section(site: SiteData, here: Address) -> Markdown:
    """Return how many agree, the table, and the sources' conditions with the explanation of each disagreement and each gap."""
    compared = comparisons(site)
    cells = ((_work(site, one), _published(one), _ours(here, one), _quotient(one), _agreement(one)) for one in compared)
    rows = [[Markdown(cell) for cell in row] for row in cells]
    apart = [one.entry for one in compared if one.judged and one.agreement != "agrees"]
    alone = [one.entry for one in compared if one.agreement == "no counterpart"]
    others = [one.entry for one in compared if one.entry not in (*apart, *alone)]
    parts = [
        _summary(compared),
        _shift(compared),
        tables.markdown(("Work", "Published", "Ours", "Ours / theirs", "Agreement"), rows),
        _explained("Outside the band, or with another winner", apart),
        _explained("Without a counterpart", alone),
        _conditions(others),
    ]
    return Markdown("\n\n".join(part for part in parts if part))


def comparisons(site: SiteData) -> tuple[Comparison, ...]:
    """Return every published ratio with ours, in the order of the file."""
    compared = []
    for entry in site.catalog.published:
        benchmark = site.catalog.benchmark(entry.benchmark) if entry.benchmark else None
        for ratio in entry.ratios:
            ours = site.ratio(benchmark.id, ratio.python, ratio.go) if benchmark else None
            compared.append(Comparison(entry, ratio, benchmark, ours))
    return tuple(compared)


def _summary(compared: Sequence[Comparison]) -> str:
    """Say how many agree, of those that can be compared."""
    judged = [one.agreement for one in compared if one.judged]
    if not judged:
        return "Nothing can be compared yet: no benchmark that has a published counterpart has a result to publish."
    missing = sum(one.benchmark is not None for one in compared) - len(judged)
    sentence = (
        f"**{judged.count('agrees')} of {wording.count(len(judged), 'published ratio')} agree** with what was measured here: the "
        f"same language is ahead, and the size is within the band. In {judged.count('outside the band')} the size is outside it, "
        f"and in {judged.count('another winner')} another language is ahead, or neither."
    )
    if missing:
        sentence += f" For {missing} more there is a benchmark but no result to publish yet; the table says why."
    return sentence


def _shift(compared: Sequence[Comparison]) -> str:
    """Say towards which language ours lie, apart for web servers and the other programs."""
    judged = [one for one in compared if one.judged]
    served = [one for one in judged if one.benchmark and one.benchmark.instrument == "http"]
    others = [one for one in judged if one not in served]
    return " ".join(_lie(name, rows) for name, rows in (("over HTTP", served), ("of other work", others)) if rows)


def _lie(name: str, rows: Sequence[Comparison]) -> str:
    further = sum(one.quotient > 1 for one in rows)
    mean = math.exp(fmean(math.log(one.quotient) for one in rows))
    lie = f"{further} {'lies' if further == 1 else 'lie'} further towards Go"
    return (
        f"**Of {wording.count(len(rows), 'ratio')} {name}, {lie}** than what others published; in the geometric mean ours are "
        f"{two_digits(mean)} times theirs."
    )


def winner(ours: Ratio) -> Winner:
    """Return which side ours shows to be ahead."""
    if ours.outcome in ("go faster", "python faster"):
        return "go" if ours.outcome == "go faster" else "python"
    return "neither"


def _published_winner(published: PublishedRatio) -> Winner:
    """Return which side a published ratio, which has no interval, has ahead by more than what counts here as no difference."""
    if published.low > EQUIVALENCE:
        return "go"
    return "python" if published.high < 1 / EQUIVALENCE else "neither"


def _work(site: SiteData, one: Comparison) -> str:
    """Say the work; and the programs, where the source has several."""
    if len(one.entry.ratios) == 1:
        return one.entry.work
    titles = {server.name: server.title for server in site.catalog.servers}
    names = (titles.get(name, name.replace("-", " ")) for name in (one.published.python, one.published.go))
    return f"{one.entry.work}: {' and '.join(names)}"


def _published(one: Comparison) -> str:
    return f"{_phrase(one)} ({_source(one.entry)})"


def _source(entry: Published) -> str:
    return f"[{entry.source}]({entry.address}), {entry.year or 'undated'}"


def _phrase(one: Comparison) -> str:
    """Return a published ratio in the words of ours; it has no interval, and its two ends are two numbers of the source."""
    low, high = one.published.low, one.published.high
    if low <= 1 <= high:
        return "no difference" if low == high else f"Python {_times(1 / low)}× to Go {_times(high)}× ahead"
    language, ends = ("Go", (low, high)) if low > 1 else ("Python", (1 / high, 1 / low))
    times = " to ".join(dict.fromkeys(map(_times, ends)))
    return f"{language} {times}× {wording.COMPARATIVES[one.entry.unit]}"


def _times(ratio: float) -> str:
    """Return a published ratio in no more digits than the numbers behind it have: two, and a third near 1 and from 100 on."""
    if ratio >= WHOLE:
        return f"{ratio:,.0f}"
    return f"{ratio:.2g}" if ratio >= NEAR else f"{ratio:.3g}"


def _ours(here: Address, one: Comparison) -> str:
    if one.benchmark is None:
        return ""
    result = markdown(wording.result(one.ours, one.benchmark.unit))
    return f"{link(one.benchmark.title, here.to_benchmark(one.benchmark))}: {result}"


def _quotient(one: Comparison) -> str:
    return two_digits(one.quotient) if one.judged else ""


def two_digits(quotient: float) -> str:
    """Return ours over theirs in no more digits than what others published has."""
    return f"{quotient:,.0f}" if quotient >= WHOLE else f"{quotient:.2g}"


def _agreement(one: Comparison) -> str:
    if one.agreement == "outside the band":
        return f"**{one.agreement}** of a factor of {one.entry.band:g}"
    return f"**{one.agreement}**" if one.agreement == "another winner" else one.agreement


def _explained(title: str, entries: Iterable[Published]) -> str:
    """Give each entry's conditions and explanation once, however many of its ratios are concerned."""
    parts = [
        f"### {entry.work}, {entry.source} {{ #{entry.id} data-search-exclude }}\n\n"
        f"{_source(entry)}: {entry.conditions}.\n\n{entry.explanation}"
        for entry in _once(entries)
    ]
    return "\n\n".join([f"## {title}", *parts]) if parts else ""


def _conditions(entries: Iterable[Published]) -> str:
    lines = "\n".join(f"- **{entry.work}**, {_source(entry)}: {entry.conditions}." for entry in _once(entries))
    return f"## Conditions of the other figures\n\n{unsearched(lines)}" if lines else ""


def _once(entries: Iterable[Published]) -> Iterable[Published]:
    return {entry.id: entry for entry in entries}.values()
