"""What others published beside what was measured here, and what explains a disagreement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bench.analyse.records import Ratio
from bench.catalog import Benchmark
from bench.catalog.model import Published, PublishedRatio
from scripts.publish.facts.data import SiteData
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link, markdown
from scripts.publish.tables import tables

Agreement = Literal["agrees", "outside the band", "not publishable", "not measured", "no counterpart"]
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
        """Whether our interval reaches into the band around the published ratio, or why that cannot be judged."""
        if self.benchmark is None:
            return "no counterpart"
        if self.ours is None:
            return "not measured"
        if not self.ours.publishable:
            return "not publishable"
        low, high = self.published.low / self.entry.band, self.published.high * self.entry.band
        return "agrees" if self.ours.interval.low <= high and self.ours.interval.high >= low else "outside the band"


def section(site: SiteData, here: Address) -> Markdown:
    """Return how many agree, the table, and the sources' conditions with the explanation of each disagreement and each gap."""
    compared = comparisons(site)
    cells = ((_work(site, one), _published(one), _ours(here, one), _agreement(one)) for one in compared)
    rows = [[Markdown(cell) for cell in row] for row in cells]
    apart = [one.entry for one in compared if one.agreement == "outside the band"]
    alone = [one.entry for one in compared if one.agreement == "no counterpart"]
    others = [one.entry for one in compared if one.entry not in (*apart, *alone)]
    parts = [
        _summary(compared),
        tables.markdown(("Work", "Published", "Ours", "Agreement"), rows),
        _explained("Outside the band", apart),
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
    judged = [one.agreement for one in compared if one.agreement in ("agrees", "outside the band")]
    if not judged:
        return "Nothing can be compared yet: no benchmark that has a published counterpart has a result to publish."
    missing = sum(one.benchmark is not None for one in compared) - len(judged)
    sentence = (
        f"**{judged.count('agrees')} of {wording.count(len(judged), 'published ratio')} agree** with what was measured here."
    )
    if missing:
        sentence += f" For {missing} more there is a benchmark but no result to publish yet; the table says why."
    return sentence


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


def _agreement(one: Comparison) -> str:
    return f"**{one.agreement}** of a factor of {one.entry.band:g}" if one.agreement == "outside the band" else one.agreement


def _explained(title: str, entries: Iterable[Published]) -> str:
    """Give each entry's conditions and explanation once, however many of its ratios are concerned."""
    parts = [
        f"### {entry.work}, {entry.source} {{ #{entry.id} }}\n\n{_source(entry)}: {entry.conditions}.\n\n{entry.explanation}"
        for entry in _once(entries)
    ]
    return "\n\n".join([f"## {title}", *parts]) if parts else ""


def _conditions(entries: Iterable[Published]) -> str:
    lines = [f"- **{entry.work}**, {_source(entry)}: {entry.conditions}." for entry in _once(entries)]
    return "\n".join(["## Conditions of the other figures\n", *lines]) if lines else ""


def _once(entries: Iterable[Published]) -> Iterable[Published]:
    return {entry.id: entry for entry in entries}.values()
