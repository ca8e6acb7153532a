from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.catalog.model import Published
from scripts.publish.facts.data import SiteData, load
from scripts.publish.prose import crosscheck
from scripts.publish.site.macros import macros
from scripts.publish.style.addresses import Address
from tests import synthetic
from tests.publish import made

HERE = Address("evidence/cross-check.md", "https://site.example/python-or-go", "https://code.example/python-or-go")
N_BODY = "execution/n-body"
FIRST_SECOND_HEADING = re.compile(r"^## .*", re.MULTILINE)


def entry(low: float = 39, high: float | None = None, **changes: Any) -> Published:
    """Return a published comparison; made results have Go 38 times as fast as pure Python."""
    fields: dict[str, Any] = {
        "id": "elsewhere",
        "work": "N-body",
        "source": "Others",
        "address": "https://others.example",
        "year": 2024,
        "conditions": "many steps",
        "ratio": {"python": "pure", "go": "standard-library", "low": low, "high": high or low},
        "benchmark": N_BODY,
        "explanation": "Theirs takes more steps.",
    }
    return Published.model_validate(fields | changes)


def figures(python: dict[str, float], go: dict[str, float], **changes: Any) -> Published:
    return entry(**{"ratio": None, "python": python, "go": go} | changes)


def site_of(site: SiteData, *entries: Published) -> SiteData:
    """Return the site with these published comparisons in place of its own."""
    return replace(site, catalog=site.catalog.model_copy(update={"published": entries}))


def rows(site: SiteData, *entries: Published) -> list[list[str]]:
    """Return the cells of the table, without its head."""
    lines = [line for line in crosscheck.section(site_of(site, *entries), HERE).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[2:]]


@pytest.mark.parametrize(
    "published",
    [entry(39), entry(70), entry(20), entry(10, 20), entry(90, band=3)],
    ids=["near", "below within the band", "above within it", "near the high end", "below within a wide band"],
)
def test_ours_agrees_where_its_interval_reaches_into_the_band(measured: SiteData, published: Published) -> None:
    assert rows(measured, published)[0][4] == "agrees"


@pytest.mark.parametrize(
    "published",
    [entry(90), entry(15), entry(39, band=1.001)],
    ids=["below", "above", "near but outside a narrow band"],
)
def test_ours_is_outside_the_band_where_its_interval_does_not_reach_it(measured: SiteData, published: Published) -> None:
    assert rows(measured, published)[0][4].startswith("**outside the band**")


@pytest.mark.parametrize(
    "published", [entry(0.9, band=100), entry(1, band=100), entry(0.5, 1.5, band=100)], ids=["reversed", "a tie", "either"]
)
def test_another_winner_agrees_in_no_band(measured: SiteData, published: Published) -> None:
    assert rows(measured, published)[0][4] == "**another winner**"


def test_a_tie_of_ours_agrees_with_a_published_tie_alone(measured: SiteData) -> None:
    tie = measured.published[N_BODY].estimate
    ratios = tuple(r.model_copy(update={"outcome": "no difference shown", "ratio": 1.0}) for r in tie.ratios)
    tied = replace(measured.published[N_BODY], estimate=tie.model_copy(update={"ratios": ratios}))
    site = replace(measured, published=measured.published | {N_BODY: tied})
    assert [row[4] for row in rows(site, entry(1.02, band=100), entry(1.2, band=100))] == ["agrees", "**another winner**"]


def test_the_table_gives_ours_over_theirs(measured: SiteData) -> None:
    assert [float(row[3]) for row in rows(measured, entry(76), entry(9, 16))] == pytest.approx([0.5, 38 / 12], rel=0.02)


def test_the_summary_says_how_many_lie_further_towards_go_and_by_how_much(measured: SiteData) -> None:
    shown = crosscheck.section(site_of(measured, entry(19), entry(76), entry(4.75)), HERE)
    assert "**Of 3 ratios of other work, 2 lie further towards Go** than what others published" in shown
    assert "in the geometric mean ours are 2 times theirs." in shown


def test_web_servers_are_counted_apart(measured: SiteData) -> None:
    served = figures({"fastapi": 1}, {"gin": 1.5}, benchmark="web/json", unit="request/second")
    shown = crosscheck.section(site_of(measured, served, entry(76)), HERE)
    assert "**Of 1 ratio over HTTP, 1 lies further towards Go**" in shown
    assert "**Of 1 ratio of other work, 0 lie further towards Go**" in shown


def test_the_summary_counts_what_agrees_and_in_what_the_others_do_not(measured: SiteData) -> None:
    shown = crosscheck.section(site_of(measured, entry(39), entry(200), entry(0.5)), HERE)
    assert "**1 of 3 published ratios agree**" in shown
    assert "In 1 the size is outside it, and in 1 another language is ahead, or neither." in shown


def test_outside_the_band_says_how_wide_it_is(measured: SiteData) -> None:
    assert rows(measured, entry(200, band=3))[0][4] == "**outside the band** of a factor of 3"


def test_a_row_has_source_year_and_our_result_with_its_link(measured: SiteData) -> None:
    (row,) = rows(measured, entry())
    assert row[1] == "Go 39× faster ([Others](https://others.example), 2024)"
    assert row[2].startswith("[N-body](../performance/loops-and-arithmetic.md#n-body): Go 38")


def test_a_source_without_a_date_says_so(measured: SiteData) -> None:
    assert rows(measured, entry(year=None))[0][1].endswith(", undated)")


@pytest.mark.parametrize(
    ("published", "phrase"),
    [
        (entry(39.16), "Go 39× faster"),
        (entry(58, 60), "Go 58 to 60× faster"),
        (entry(103.3), "Go 103× faster"),
        (entry(1.157), "Go 1.16× faster"),
        (entry(0.54), "Python 1.85× faster"),
        (entry(0.4, 0.5), "Python 2 to 2.5× faster"),
        (entry(0.0209), "Python 48× faster"),
        (entry(0.5, 1.5), "Python 2× to Go 1.5× ahead"),
        (entry(1), "no difference"),
        (figures({"pure": 281e6}, {"standard-library": 435e6}, unit="byte"), "Python 1.55× smaller"),
        (figures({"pure": 178e3}, {"standard-library": 408e3}, unit="request/second"), "Go 2.3× faster"),
    ],
)
def test_a_published_ratio_is_said_as_ours_are(measured: SiteData, published: Published, phrase: str) -> None:
    assert rows(measured, published)[0][1].startswith(f"{phrase} (")


def test_without_a_result_there_is_no_verdict(empty: SiteData) -> None:
    assert rows(empty, entry())[0][2:] == [
        "[N-body](../performance/loops-and-arithmetic.md#n-body): not measured",
        "",
        "not measured",
    ]


def test_a_result_that_may_not_be_published_says_why(results: Path) -> None:
    slow = synthetic.run(pythons=(synthetic.python_runtime(canary=synthetic.canary(1.6)),))
    made.save(results, slow, (made.CATALOG.benchmark(N_BODY),))
    (row,) = rows(load(made.ROOT, results), entry())
    assert re.search(r": not publishable: .*optimis", row[2])
    assert row[3:] == ["", "not publishable"]


def test_programs_are_named_where_a_source_has_several(measured: SiteData) -> None:
    published = figures({"fastapi": 8, "pure": 6}, {"net-http": 2}, benchmark=None)
    assert [row[0] for row in rows(measured, published)] == ["N-body: FastAPI and net/http", "N-body: pure and net/http"]


def test_a_disagreement_is_explained_once_under_its_work(measured: SiteData) -> None:
    shown = crosscheck.section(site_of(measured, figures({"pure": 200}, {"standard-library": 1})), HERE)
    assert shown.count("### N-body, Others { #elsewhere data-search-exclude }") == 1
    assert "Others](https://others.example), 2024: many steps.\n\nTheirs takes more steps." in shown


def test_an_agreement_is_not_explained_but_its_conditions_are_given(measured: SiteData) -> None:
    shown = crosscheck.section(site_of(measured, entry()), HERE)
    assert FIRST_SECOND_HEADING.findall(shown) == ["## Conditions of the other figures"]
    assert "- **N-body**, [Others](https://others.example), 2024: many steps." in shown


def test_what_has_no_counterpart_says_why(measured: SiteData) -> None:
    shown = crosscheck.section(site_of(measured, entry(benchmark=None)), HERE)
    assert rows(measured, entry(benchmark=None))[0][2:] == ["", "", "no counterpart"]
    assert "Theirs takes more steps." in shown.partition("## Without a counterpart")[2]


def test_the_first_sentence_counts_those_that_can_be_compared(measured: SiteData) -> None:
    site = site_of(measured, entry(), entry(200, id="far"), entry(id="alone", benchmark=None))
    assert crosscheck.section(site, HERE).startswith("**1 of 2 published ratios agree** with what was measured here: ")


def test_the_first_sentence_counts_those_that_have_no_result_yet(results: Path) -> None:
    made.save(results, benchmarks=(made.CATALOG.benchmark(N_BODY),))
    site = site_of(load(made.ROOT, results), entry(), entry(id="fib", benchmark="execution/fib"))
    assert "For 1 more there is a benchmark but no result to publish yet" in crosscheck.section(site, HERE)


def test_without_any_result_the_first_sentence_says_so(empty: SiteData) -> None:
    assert crosscheck.section(empty, HERE).startswith("Nothing can be compared yet")


def test_the_macro_shows_every_published_ratio_of_the_catalog(empty: SiteData) -> None:
    (macro,) = (one for one in macros(empty, lambda: HERE) if one.__name__ == "cross_check")
    assert macro() == crosscheck.section(empty, HERE)
    assert len(crosscheck.comparisons(empty)) == sum(len(entry.ratios) for entry in made.CATALOG.published)
