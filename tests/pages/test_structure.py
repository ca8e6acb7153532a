"""The pages show what the catalog lists, and their links lead to pages that exist."""

from __future__ import annotations

import re

import pytest
from mkdocs.config import load_config

from bench.catalog import Benchmark
from bench.catalog.loader import ROOT
from tests.cataloged import CATALOG
from tests.pages.sources import DOCS, pages

PARTS = ("question", "ratio", "chart", "conditions", "code", "reproduce", "cite")
REQUIRED = [
    (benchmark, macro) for benchmark in CATALOG.benchmarks for macro in PARTS if (benchmark.instrument, macro) != ("http", "code")
]
"""The code of web servers is on the pages of the two languages' ecosystems; their ratios are a list."""


def _called(macro: str, markdown: str) -> list[str]:
    """First arguments of every call of the macro, in the page's order."""
    return re.findall(rf"\b{macro}\(\"([^\"]+)\"", markdown)


def _nav_pages(nav: object) -> list[str]:
    """Every page that the navigation names."""
    if isinstance(nav, str):
        return [nav]
    parts = nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ()
    return [page for part in parts for page in _nav_pages(part)]


@pytest.mark.parametrize(("benchmark", "macro"), REQUIRED, ids=lambda part: part.id if isinstance(part, Benchmark) else part)
def test_the_part_of_a_benchmark_has_the_macro(benchmark: Benchmark, macro: str) -> None:
    heading = f'{{{{ heading("{benchmark.id}") }}}}'
    part = pages()[f"{benchmark.page}.md"].partition(heading)[2].partition("{{ heading(")[0]
    assert benchmark.id in _called("server_ratios" if (benchmark.instrument, macro) == ("http", "ratio") else macro, part)


@pytest.mark.parametrize("benchmark", [b for b in CATALOG.benchmarks if b.has_curve], ids=lambda benchmark: benchmark.id)
@pytest.mark.parametrize("macro", ["latency_curve", "latency_limits"])
def test_the_part_of_a_benchmark_with_a_curve_has_it(benchmark: Benchmark, macro: str) -> None:
    assert _called(macro, pages()[f"{benchmark.page}.md"]).count(benchmark.id) == 1


def test_a_page_shows_its_benchmarks_in_the_order_of_the_catalog() -> None:
    for page, markdown in pages().items():
        listed = [benchmark.id for benchmark in CATALOG.benchmarks if f"{benchmark.page}.md" == page]
        assert _called("heading", markdown) == listed


def test_the_navigation_names_every_page_once_and_no_other() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    assert sorted(_nav_pages(config["nav"])) == sorted(pages())


def test_relative_links_lead_to_pages_that_exist() -> None:
    dead = [
        f"docs/{page}: {target}"
        for page, markdown in pages().items()
        for target in re.findall(r"\]\((?!https?:|#|\{\{)([^)#\s]+)", markdown)
        if not (DOCS / page).parent.joinpath(target).is_file()
    ]
    assert dead == []


def test_addresses_use_https() -> None:
    assert [page for page, markdown in pages().items() if "](http://" in markdown] == []
