"""The same programs on other runtimes: what a just-in-time compiler, or another implementation, makes of the headline's ratio."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bench.catalog import Benchmark
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.rows import RatioRow, variant_rows
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, link, markdown
from scripts.publish.tables import tables

SECTION = "execution"


def table(site: SiteData, here: Address) -> Markdown:
    """Return every ratio of execution on one core that is published for a second runtime, beside the first one's, by page.

    A benchmark has its headline's pair, and that of pure Python, where that is another.
    """
    shown = [rows for benchmark in site.catalog.benchmarks if _timed_on_one_core(benchmark) for rows in _pairs(site, benchmark)]
    shown = [rows for rows in shown if any(row.shown for row in rows[1:])]
    if not shown:
        return Markdown("No program has been measured with a second runtime yet.")
    runtimes = list(dict.fromkeys(row.runtime or "" for rows in shown for row in rows))
    groups = dict.fromkeys(rows[0].benchmark.group for rows in shown)
    return Markdown(
        "\n\n".join(_of_group(here, [r for r in shown if r[0].benchmark.group == group], runtimes) for group in groups)
    )


def _timed_on_one_core(benchmark: Benchmark) -> bool:
    return (benchmark.section, benchmark.instrument, benchmark.cpus) == (SECTION, "time", "one") and benchmark.overview


def _pairs(site: SiteData, benchmark: Benchmark) -> Iterable[list[RatioRow]]:
    """Yield the rows of each pair of programs that is shown, the headline's runtime first."""
    pairs = {benchmark.headline.python: benchmark.headline.go}
    if "pure" in benchmark.python:
        pairs.setdefault("pure", benchmark.like("pure"))
    rows = variant_rows(site, benchmark)
    return [[row for row in rows if (row.python, row.go) == pair] for pair in pairs.items()]


def _of_group(here: Address, shown: Sequence[Sequence[RatioRow]], runtimes: Sequence[str]) -> Markdown:
    lines = []
    for rows in shown:
        phrases = {row.runtime: row.phrase for row in rows}
        first = rows[0]
        name = f"{first.title}, {first.python_name}"
        lines.append([link(name, here.to_benchmark(first.benchmark)), *(phrases.get(r, wording.NOT_MEASURED) for r in runtimes)])
    title = shown[0][0].benchmark.group.replace("-", " ").capitalize()
    return Markdown(f"{markdown(title)}:\n\n{tables.markdown(['Benchmark, Python', *runtimes], lines)}")
