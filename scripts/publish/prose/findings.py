"""Short findings and the controls' score: sentences that are computed, so that none is typed."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from bench.analyse.aa_controls import score
from bench.analyse.records import Outcome, Ratio
from bench.catalog import Benchmark
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.rows import TIERS, RatioRow, ratio_rows
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link, markdown

LISTED = 5
"""Comparisons that one line of the findings names at the most."""


def summary(site: SiteData, here: Address, part: str | None = None) -> Markdown:
    """Return the findings of a section or page, or of all, as a list.

    They are: each of Python's tiers, Python's wins, ties, differences that are not significant, and what is missing.

    Raises:
        KeyError: there is no such section or page.
    """
    parts = {known for benchmark in site.catalog.benchmarks for known in (benchmark.section, benchmark.group)}
    if part is not None and part not in parts:
        raise KeyError(f"no section or page {part!r}; there are: {', '.join(sorted(parts))}")
    rows = ratio_rows(site, part)
    shown = [row for row in rows if row.shown]
    if not shown:
        return Markdown("Nothing has been published yet: no benchmark has a full run that is good enough.")
    word = wording.comparative(row.benchmark.unit for row in shown)
    lines = [_tier(here, tier, [row for row in shown if row.tier == tier]) for tier in TIERS]
    lines += [
        _those(here, f"**Python is {word}** in", _of_outcome(shown, "python faster")),
        _those(here, "**No difference** is shown in", _of_outcome(shown, "no difference shown")),
        _those(here, "**Not significant** is the difference in", _of_outcome(shown, "not significant")),
        _missing(rows),
    ]
    return Markdown("\n".join(f"- {line}" for line in lines if line))


def controls(site: SiteData) -> Markdown:
    """Return how the controls of the published runs came out, in a sentence."""
    runs = site.published_runs
    scored = score(interval for stored in runs for interval in site.analyses.controls(stored))
    if not scored.intervals:
        return Markdown("no run with controls has been published yet.")
    return markdown(
        f"{scored.contain_one} of {wording.count(scored.intervals, 'control interval')} contain 1, and the median |ln ratio| is "
        f"{wording.percent(scored.median_deviation)} ("
        f"{', '.join(stored.run.id for stored in runs)})."
    )


def servers_apart(site: SiteData) -> Markdown:
    """Say how far apart the two servers of a comparison started, in the newest published run that has any."""
    served = [
        (benchmark, measured)
        for benchmark in site.catalog.benchmarks
        if benchmark.instrument == "http" and (measured := site.published.get(benchmark.id))
    ]
    if not served:
        return Markdown(f"How far apart compared servers start is {wording.NOT_MEASURED}.")
    newest = max((measured.stored for _, measured in served), key=lambda stored: stored.run.started)
    ratios = [
        ratio
        for benchmark, measured in served
        if measured.stored is newest
        for ratio in site.analyses.estimate(newest, benchmark.id).ratios
        if _compared(benchmark, ratio)
    ]
    beside = [ratio.apart for ratio in ratios if ratio.neighbours and ratio.apart is not None]
    others = [ratio.apart for ratio in ratios if not ratio.neighbours and ratio.apart is not None]
    return markdown(
        f"In the newest published run of servers, {newest.run.id}, the two of a comparison started so far apart, by the median "
        f"of its rounds: neighbours {_seconds(beside)}; the others {_seconds(others)}."
    )


def _compared(benchmark: Benchmark, ratio: Ratio) -> bool:
    """Whether a ratio is of two programs that the catalog compares."""
    python, go = ratio.python.split("/")[1], ratio.go.split("/")[1]
    return python in benchmark.python and go in benchmark.counterparts(python)


def _seconds(apart: Sequence[float]) -> str:
    """Say the median and the largest of some distances in time."""
    return f"{median(apart):.0f} s in the median and {max(apart):.0f} s at the most" if apart else wording.NOT_MEASURED


def _of_outcome(rows: Sequence[RatioRow], outcome: Outcome) -> list[RatioRow]:
    return [row for row in rows if row.shown and row.shown.outcome == outcome]


def _tier(here: Address, tier: str, rows: Sequence[RatioRow]) -> str:
    """Say how one of Python's tiers fares, from the least to the most favourable to Go."""
    if not rows:
        return ""
    ordered = sorted(rows, key=lambda row: row.shown.ratio if row.shown else 0.0)
    go = sum(row.shown is not None and row.shown.outcome == "go faster" for row in rows)
    name = tier.replace("-", " ").capitalize()
    word = wording.comparative(row.benchmark.unit for row in rows)
    sentence = f"**{name} Python**: Go is {word} in {go} of {wording.count(len(rows), 'comparison')}"
    if len(rows) == 1:
        return f"{sentence}: {_one(here, ordered[0])}."
    return f"{sentence}; the results go from {_one(here, ordered[0])} to {_one(here, ordered[-1])}."


def _those(here: Address, text: str, rows: Sequence[RatioRow]) -> str:
    """List the clearest of some comparisons."""
    ordered = sorted(rows, key=lambda row: row.shown.ratio if row.shown else 0.0)
    more = f"; and {wording.count(len(rows) - LISTED, 'other comparison')}" if len(rows) > LISTED else ""
    return f"{text} {'; '.join(_one(here, row) for row in ordered[:LISTED])}{more}." if rows else ""


def _missing(rows: Sequence[RatioRow]) -> str:
    """Say how many comparisons have no number, and why."""
    unmeasured = sum(row.ratio is None for row in rows)
    withheld = sum(row.ratio is not None and row.shown is None for row in rows)
    counts = ((unmeasured, "not measured"), (withheld, "not publishable"))
    parts = [
        f"{wording.count(number, 'comparison')} {'is' if number == 1 else 'are'} {state}" for number, state in counts if number
    ]
    return f"{' and '.join(parts)}; the tables say why.".capitalize() if parts else ""


def _one(here: Address, row: RatioRow) -> str:
    tier = "" if row.python == "pure" else f", {row.python_name}"
    return f"{link(row.title + tier, here.to_benchmark(row.benchmark))}, {markdown(row.phrase)}"
