"""What the variants of several benchmarks take, beside one another."""

from __future__ import annotations

from collections.abc import Sequence

from bench.catalog import Benchmark
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.phases import shortened
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link
from scripts.publish.tables import tables

LANGUAGES = {"python": "Python", "go": "Go"}
LACKS = "–"
"""In the place of a value where a benchmark has no such variant."""


def table(site: SiteData, here: Address, ids: Sequence[str]) -> Markdown:
    """Return a row for each benchmark and a column for each variant that one of them has, Python's first.

    Raises:
        KeyError: there is no such benchmark.
    """
    benchmarks = [site.catalog.benchmark(id_) for id_ in ids]
    variants = list(dict.fromkeys(variant for language in LANGUAGES for b in benchmarks for variant in _variants(b, language)))
    head = ["Benchmark", *(f"{wording.tier(variant)}, {LANGUAGES[variant.partition('/')[0]]}" for variant in variants)]
    rows = [[link(b.title, here.to_benchmark(b)), *(_cell(site, b, variant) for variant in variants)] for b in benchmarks]
    return tables.markdown(head, rows)


def _variants(benchmark: Benchmark, language: str) -> list[str]:
    return [f"{language}/{variant}" for variant in (benchmark.python if language == "python" else benchmark.go)]


def _cell(site: SiteData, benchmark: Benchmark, variant: str) -> str:
    if variant not in _variants(benchmark, variant.partition("/")[0]):
        return LACKS
    program = site.program(benchmark.id, variant)
    if program is None or not program.publishable:
        return shortened(wording.measured_value(program, benchmark.unit))
    return wording.value_alone(program, benchmark.unit)
