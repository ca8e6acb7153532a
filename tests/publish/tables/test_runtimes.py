from __future__ import annotations

import re
from dataclasses import replace

from scripts.publish.facts.data import SiteData
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.tables import runtimes
from tests.publish import made

HERE = Address("performance/why.md", "https://site.example", "https://code.example")
BOTH = ["cpython-3.14", "cpython-3.14-jit"]


def rows(site: SiteData) -> dict[str, list[str]]:
    """Return the cells beside each program's address and name."""
    lines = [line.strip("| ").split(" | ") for line in runtimes.table(site, HERE).splitlines() if line.startswith("| [")]
    return {first: others for first, *others in lines}


def test_each_program_has_the_ratio_of_each_runtime(measured: SiteData) -> None:
    ratios = [wording.result(measured.ratio("execution/fib", runtime=runtime)) for runtime in BOTH]
    assert rows(measured)["[Recursion, pure](loops-and-arithmetic.md#fib)"] == ratios
    assert ratios[0] != ratios[1]


def test_a_headline_that_is_not_pure_has_the_pure_program_beside_it(measured: SiteData) -> None:
    named = [name for name in rows(measured) if name.endswith("(loops-and-arithmetic.md#spectral-norm)")]
    assert [re.findall(r", ([a-z -]+)\]", name) for name in named] == [["native library"], ["pure"]]


def test_every_benchmark_of_execution_on_one_core_is_listed_and_no_other(measured: SiteData) -> None:
    listed = {re.findall(r"#([a-z0-9-]+)\)", name)[0] for name in rows(measured)}
    assert listed == {
        b.name for b in made.CATALOG.benchmarks if b.section == "execution" and b.instrument == "time" and b.cpus == "one"
    }


def test_the_tables_are_those_of_the_pages_with_a_column_for_each_runtime(measured: SiteData) -> None:
    table = runtimes.table(measured, HERE)
    assert re.findall(r"(?m)^(.+):$", table) == ["Loops and arithmetic", "Data in memory", "What a request does"]
    assert table.count("\n| Benchmark, Python | cpython-3.14 | cpython-3.14-jit |\n") == 3


def test_what_was_measured_with_one_runtime_alone_is_not_listed(measured: SiteData) -> None:
    fib = measured.published["execution/fib"]
    alone = tuple(ratio for ratio in fib.estimate.ratios if not ratio.python.endswith("-jit"))
    published = {"execution/fib": replace(fib, estimate=fib.estimate.model_copy(update={"ratios": alone}))}
    assert "#fib)" not in runtimes.table(replace(measured, published=measured.published | published), HERE)
    assert "#fib)" in runtimes.table(measured, HERE)


def test_without_a_second_runtime_a_sentence_says_so(empty: SiteData) -> None:
    assert runtimes.table(empty, HERE) == "No program has been measured with a second runtime yet."
