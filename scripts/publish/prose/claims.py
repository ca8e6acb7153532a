"""What the results say of the article's claims, in words."""

from __future__ import annotations

import functools
from collections import Counter

from bench.analyse.records import Ratio, Verdict
from bench.analyse.verdicts import verdict
from bench.catalog import Benchmark
from bench.catalog.model import SizeRule
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.rows import short_name
from scripts.publish.facts.sources import headline_pairs
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link, markdown
from scripts.publish.tables import tables

SIZES = "ease-of-use/python.md#size"
LISTED = 5
"""Benchmarks or results that are named one by one at the most."""


def sentence(site: SiteData, here: Address, claim_id: str) -> Markdown:
    """Return the verdict of a claim, its reason, and the results that speak against it.

    Raises:
        KeyError: there is no such claim.
    """
    judged = judge(site, claim_id)
    claim = site.catalog.claim(claim_id)
    text = f"**{judged.verdict.capitalize()}.** {markdown(judged.reason)}"
    text += _with(judged)
    if claim.measurable == "partly" and claim.why_not and judged.verdict != "not measured yet":
        text += f" {claim.why_not}"
    if judged.against and (judged.holds or judged.verdict == "overstated"):
        text += f" Not borne out by {_results(site, here, judged.against)}."
    return Markdown(text)


def table(site: SiteData, here: Address) -> Markdown:
    """Return every claim with its verdict, in the article's order."""
    rows = []
    for claim in site.catalog.claims:
        judged = judge(site, claim.id)
        because = f"{markdown(judged.reason)}{_with(judged)}"
        if claim.measurable == "partly" and claim.why_not:
            because += f" {claim.why_not}"
        links = _benchmarks(here, [b for b in site.catalog.benchmarks if claim.id in b.claims])
        if isinstance(claim.rule, SizeRule):
            links = link("The size of all headlines' programs", here.to(SIZES))
        cells = (f'<span id="{claim.id}"></span>{claim.says}', claim.article, f"**{judged.verdict}**", because, links)
        rows.append([Markdown(cell) for cell in cells])
    return tables.markdown(("The article says", "Where", "Verdict", "Because", "Benchmarks"), rows)


def judge(site: SiteData, claim_id: str) -> Verdict:
    """Return the verdict of a claim on the published estimates."""
    claim = site.catalog.claim(claim_id)
    estimates = {name: measured.estimate for name, measured in site.published.items()}
    runtimes = {name: measured.run.pythons[0].name for name, measured in site.published.items()}
    return verdict(claim, site.catalog, estimates, runtimes, site.speedup, site.same_language, functools.partial(_tokens, site))


def _tokens(site: SiteData) -> list[tuple[int, int]]:
    tokens = ((pair.python.tokens, pair.go.tokens) for pair in headline_pairs(site.catalog, site.root))
    return [(python, go) for python, go in tokens if python and go]


def _with(judged: Verdict) -> str:
    """Name Python's runtimes that a verdict is about, and where there are several how many comparisons are with each."""
    if not judged.runtimes:
        return ""
    alone = len(judged.runtimes) == 1
    names = (name if alone else f"{name} ({count})" for name, count in sorted(judged.runtimes.items()))
    return f" Measured with {markdown(' and '.join(names))}."


def _benchmarks(here: Address, bearing: list[Benchmark]) -> str:
    """Link to benchmarks one by one, or to their pages where they are many."""
    if len(bearing) <= LISTED:
        return ", ".join(link(b.title, here.to_benchmark(b)) for b in bearing)
    counts = Counter((b.group, b.page) for b in bearing)
    return ", ".join(
        f"{link(group[0].upper() + group[1:].replace('-', ' '), here.to(f'{page}.md'))} ({n})"
        for (group, page), n in counts.items()
    )


def _results(site: SiteData, here: Address, results: tuple[tuple[str, Ratio], ...]) -> str:
    """Name the clearest of some results."""
    texts = []
    for benchmark_id, ratio in sorted(results, key=lambda item: item[1].ratio)[:LISTED]:
        benchmark = site.catalog.benchmark(benchmark_id)
        tiers = short_name(benchmark, ratio.python) + (" against Go's library" if ratio.go == "go/library" else "")
        phrase = markdown(f"{tiers}: {wording.result(ratio, benchmark.unit)}")
        texts.append(f"{link(benchmark.title, here.to_benchmark(benchmark))}, {phrase}")
    others = f"; and {wording.count(len(results) - LISTED, 'other comparison')}" if len(results) > LISTED else ""
    return "; ".join(texts) + others
