"""What the results say of the article's claims, in words."""

from __future__ import annotations

from bench.analyse.records import Ratio, Verdict
from bench.analyse.verdicts import verdict
from scripts.publish import tables, wording
from scripts.publish.data import SiteData
from scripts.publish.pages import Address


def sentence(site: SiteData, here: Address, claim_id: str) -> str:
    """Return the verdict of a claim, its reason, and the results that speak against it.

    Raises:
        KeyError: there is no such claim.
    """
    judged = judge(site, claim_id)
    text = f"**{judged.verdict.capitalize()}.** {judged.reason}"
    if judged.holds and judged.against:
        text += f" Not borne out by {_results(site, here, judged.against)}."
    return text


def table(site: SiteData, here: Address) -> str:
    """Return every claim with its verdict, in the article's order."""
    rows = []
    for claim in site.catalog.claims:
        judged = judge(site, claim.id)
        because = judged.reason
        if claim.measurable == "partly" and claim.why_not:
            because += f" {claim.why_not}"
        bearing = [b for b in site.catalog.benchmarks if claim.id in b.claims]
        links = ", ".join(f"[{b.title}]({here.to_benchmark(b)})" for b in bearing)
        rows.append((f'<span id="{claim.id}"></span>{claim.says}', claim.article, f"**{judged.verdict}**", because, links))
    return tables.markdown(("The article says", "Where", "Verdict", "Because", "Benchmarks"), rows)


def judge(site: SiteData, claim_id: str) -> Verdict:
    """Return the verdict of a claim on the published estimates."""
    claim = site.catalog.claim(claim_id)
    estimates = {name: measured.estimate for name, measured in site.published.items()}
    return verdict(claim, site.catalog, estimates, site.headline_runtime)


def _results(site: SiteData, here: Address, found: tuple[tuple[str, Ratio], ...]) -> str:
    texts = []
    for benchmark_id, ratio in found:
        benchmark = site.catalog.benchmark(benchmark_id)
        tiers = wording.tier(ratio.python) + (" against Go's library" if ratio.go == "go/library" else "")
        texts.append(f"[{benchmark.title}]({here.to_benchmark(benchmark)}), {tiers}: {wording.result(ratio, benchmark.unit)}")
    return "; ".join(texts)
