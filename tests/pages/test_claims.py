"""The claims file and the pages that discuss its claims."""

from __future__ import annotations

import re

from bench.catalog.model import QuickerRule, SizeRule
from tests.cataloged import CATALOG
from tests.pages.sources import pages


def test_a_claim_says_why_not_exactly_when_it_is_not_wholly_measurable() -> None:
    assert [claim.id for claim in CATALOG.claims if (claim.why_not is None) != (claim.measurable == "yes")] == []


def test_a_claim_has_a_rule_exactly_when_a_benchmark_names_it_but_for_what_no_benchmark_alone_bears_on() -> None:
    named = {claim for benchmark in CATALOG.benchmarks for claim in benchmark.claims}
    judged = {
        claim.id for claim in CATALOG.claims if claim.rule is not None and not isinstance(claim.rule, SizeRule | QuickerRule)
    }
    assert judged == named


def test_a_claim_that_cannot_be_measured_has_no_rule() -> None:
    assert [claim.id for claim in CATALOG.claims if claim.measurable == "no" and claim.rule is not None] == []


def test_the_sections_of_the_article_are_not_interleaved() -> None:
    sections = [claim.article for claim in CATALOG.claims]
    changes = [section for before, section in zip(["", *sections], sections, strict=False) if section != before]
    assert len(changes) == len(set(changes))


def test_a_page_gives_the_verdict_of_every_claim_that_its_benchmarks_bear_on() -> None:
    missing = [
        f"docs/{benchmark.page}.md: {claim}"
        for benchmark in CATALOG.benchmarks
        for claim in benchmark.claims
        if f'verdict("{claim}")' not in pages()[f"{benchmark.page}.md"]
    ]
    assert missing == []


def test_a_page_that_mentions_the_article_links_to_it() -> None:
    unlinked = [
        page
        for page, markdown in pages().items()
        if re.search(r"\b[Tt]he\s+article\b", markdown) and "{{ article_url }}" not in markdown
    ]
    assert unlinked == []


def test_the_address_of_the_article_is_written_down_once() -> None:
    assert [page for page, markdown in pages().items() if "namastedev.com" in markdown] == []
