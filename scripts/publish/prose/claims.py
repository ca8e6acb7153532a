"""What the results say of the article's claims, in words."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection

from bench.analyse.records import Judgement, Ratio, Verdict
from bench.analyse.verdicts import verdict
from bench.catalog import Benchmark
from bench.catalog.model import QuickerRule, SameLanguageRule, SizeRule
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.rows import short_name
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link, markdown, unsearched
from scripts.publish.tables import tables

SIZES = "ease-of-use/python.md#size"
PROTOTYPING = "ease-of-use/python.md#prototyping"
LISTED = 5
"""Benchmarks or results that are named one by one at the most."""
GROUPS: dict[Judgement, tuple[str, str]] = {
    "supported": ("supported", "What held"),
    "overstated": ("overstated", "What held in direction, and not in strength"),
    "partly": ("supported in part", "What depends on the work"),
    "contradicted": ("contradicted", "What did not hold"),
    "not measured yet": ("not measured yet", "What is not measured yet"),
    "not measurable": ("not measurable", "What no measurement decides"),
}
"""Verdict -> how claims that have it are counted, and their heading."""


def sentence(site: SiteData, here: Address, claim_id: str) -> Markdown:
    """Return the verdict of a claim, its reason, and the results that speak against it.

    Raises:
        KeyError: there is no such claim.
    """
    judged = judge(site, claim_id)
    claim = site.catalog.claim(claim_id)
    text = f"**{judged.verdict.capitalize()}.** {_reason(site, judged)}"
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
        because = f"{_reason(site, judged)}{_with(judged)}"
        if claim.measurable == "partly" and claim.why_not:
            because += f" {claim.why_not}"
        links = _benchmarks(here, [b for b in site.catalog.benchmarks if claim.id in b.claims])
        if isinstance(claim.rule, SizeRule):
            links = link("The size of all headlines' programs", here.to(SIZES))
        if isinstance(claim.rule, QuickerRule):
            links = link("The steps of a prototype", here.to(PROTOTYPING))
        cells = (f'<span id="{claim.id}"></span>{claim.says}', claim.article, f"**{judged.verdict}**", because, links)
        rows.append([Markdown(cell) for cell in cells])
    return tables.markdown(("The article says", "Where", "Verdict", "Because", "Benchmarks"), rows)


def grouped(site: SiteData, here: Address) -> Markdown:
    """Return how many claims have which verdict, and each with its reason and what it depends on, by verdict."""
    judged = [judge(site, claim.id) for claim in site.catalog.claims]
    counts = Counter(one.verdict for one in judged)
    counted = ", ".join(f"{counts[kind]} {word}" for kind, (word, _) in GROUPS.items())
    parts = [f"**Of {wording.count(len(judged), 'claim')}: {counted}.**"]
    for kind, (_, title) in GROUPS.items():
        lines = [_line(site, here, one) for one in judged if one.verdict == kind]
        if lines:
            parts += [f"## {title}", unsearched("\n".join(lines))]
    return Markdown("\n\n".join(parts))


def _line(site: SiteData, here: Address, judged: Verdict) -> str:
    """Return a claim with the reason of its verdict, and the work that bears it out and does not."""
    claim = site.catalog.claim(judged.claim)
    text = f"- **{link(claim.says, here.to(f'claims.md#{claim.id}'))}** {_reason(site, judged)}"
    both = {name for name, _ in judged.holds} & {name for name, _ in judged.against}
    holds, against = (_titles(site, here, results, both) for results in (judged.holds, judged.against))
    if holds and against:
        text += f" Borne out by {holds}; not by {against}."
    elif against:
        text += f" Not borne out by {against}."
    return text


def _titles(site: SiteData, here: Address, results: tuple[tuple[str, Ratio], ...], both: Collection[str]) -> str:
    """Link to the benchmarks of some results, up to as many as are listed; with Python's program where both sides have one.

    A benchmark with several of the results has their number behind it, so that all numbers add up to that of the results.
    """
    results_of: Counter[str] = Counter()
    for name, ratio in results:
        benchmark = site.catalog.benchmark(name)
        program = f" with {markdown(short_name(benchmark, ratio.python))}" if name in both else ""
        results_of[f"{link(benchmark.title, here.to_benchmark(benchmark))}{program}"] += 1
    names = [text if n == 1 else f"{text} ({n})" for text, n in results_of.items()]
    others = sum(list(results_of.values())[LISTED:])
    return ", ".join(names[:LISTED]) + (f" and {wording.count(others, 'other')}" if others else "")


def judge(site: SiteData, claim_id: str) -> Verdict:
    """Return the verdict of a claim on the published estimates."""
    claim = site.catalog.claim(claim_id)
    estimates = {name: measured.estimate for name, measured in site.published.items()}
    runtimes = {name: measured.run.pythons[0].name for name, measured in site.published.items()}
    tokens = functools.partial(_tokens, site)
    return verdict(claim, site.catalog, estimates, runtimes, site.speedup, site.same_language, tokens, site.prototyping_steps)


def _tokens(site: SiteData) -> list[tuple[int, int]]:
    tokens = ((pair.python.tokens, pair.go.tokens) for pair in site.sizes.pairs)
    return [(python, go) for python, go in tokens if python and go]


def _reason(site: SiteData, judged: Verdict) -> str:
    """Return the reason of a verdict; of a claim about one among its like, with what it was set against."""
    rule, reason = site.catalog.claim(judged.claim).rule, markdown(judged.reason)
    if not isinstance(rule, SameLanguageRule) or judged.verdict == "not measured yet":
        return reason
    return f"Against other frameworks in {rule.program.partition('/')[0].capitalize()}: {reason}"


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
