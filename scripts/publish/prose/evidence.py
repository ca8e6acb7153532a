"""What a sentence of a page rests on: shown beside it, and held against the results, so that neither outlives the other."""

from __future__ import annotations

from collections.abc import Mapping

from bench.analyse.records import Ratio
from scripts.publish.facts.data import SiteData
from scripts.publish.prose import claims
from scripts.publish.prose.crosscheck import winner
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link, markdown

UNDECIDED = ("not measured yet", wording.NOT_MEASURED)
"""What contradicts no sentence."""


def rests_on(site: SiteData, here: Address, sentence: str, evidence: Mapping[str, str]) -> Markdown:
    """Return the evidence of a sentence, in parentheses and left out of the search: results and verdicts, each with its link.

    Args:
        site: the results.
        here: the page.
        sentence: the sentence's name, which the error gives; the pages' authors choose it.
        evidence: what it rests on -> what that has to be. A benchmark, "execution/json", or one with the variants of both
            languages, "execution/json native-library library", has "python", "go" or "neither" ahead; a claim has a verdict, or
            several with " or " between them. What is not measured, or may not be published, contradicts nothing and says so.

    Raises:
        KeyError: something that the sentence rests on is no longer what it says, or there is no such thing.
    """
    shown = []
    for name, expected in evidence.items():
        found, text = _result(site, here, name) if "/" in name else _verdict(site, here, name)
        if found not in (*UNDECIDED, *expected.split(" or ")):
            raise KeyError(f"the sentence {sentence!r} rests on {name}: {expected}; now it is: {found}. Correct one of them")
        shown.append(text)
    return Markdown(f'<span data-search-exclude="true">({"; ".join(shown)})</span>')


def _result(site: SiteData, here: Address, name: str) -> tuple[str, str]:
    """Return which language is ahead, and the result in words."""
    benchmark_id, *variants = name.split()
    benchmark = site.catalog.benchmark(benchmark_id)
    ratio = site.ratio(benchmark_id, *variants)
    text = f"{link(benchmark.title, here.to_benchmark(benchmark))}: {markdown(wording.result(ratio, benchmark.unit))}"
    return _ahead(ratio), text


def _ahead(ratio: Ratio | None) -> str:
    return winner(ratio) if ratio is not None and ratio.publishable else wording.NOT_MEASURED


def _verdict(site: SiteData, here: Address, name: str) -> tuple[str, str]:
    judged = claims.judge(site, name).verdict
    return judged, f"{link(site.catalog.claim(name).says.rstrip('.'), here.to(f'claims.md#{name}'))}: {judged}"
