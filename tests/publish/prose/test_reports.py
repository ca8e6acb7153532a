from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench.catalog.reports import Report, ReportedMetric
from scripts.publish.facts.data import SiteData, load
from scripts.publish.prose import reports
from scripts.publish.site.macros import macros
from scripts.publish.style.addresses import Address
from tests import synthetic
from tests.publish import made

HERE = Address("evidence/field-reports.md", "https://site.example/python-or-go", "https://code.example/python-or-go")
OURS = {"benchmark": "execution/n-body", "python": "pure", "go": "standard-library"}
"""Made results have Go 38 times as fast."""


def metric(**changes: Any) -> ReportedMetric:
    return ReportedMetric.model_validate({"what": "Orbits", "before": 76, "after": 2, "unit": "s", "ours": OURS} | changes)


def times(factor: float | tuple[float, float], **changes: Any) -> ReportedMetric:
    return metric(before=None, after=None, unit=None, times=factor, **changes)


def report(*metrics: ReportedMetric, **changes: Any) -> Report:
    fields: dict[str, Any] = {
        "id": "team",
        "team": "A team",
        "published": "2024-05-17",
        "address": "https://team.example/blog",
        "direction": "to Go",
        "service": "A simulator",
        "conditions": "many steps",
        "reason": "It was slow.",
        "metric": metrics,
        "explanation": "Theirs takes more steps.",
    }
    return Report.model_validate(fields | changes)


def site_of(site: SiteData, *entries: Report) -> SiteData:
    """Return the site with these reports in place of its own."""
    return replace(site, catalog=site.catalog.model_copy(update={"reports": entries}))


def shown(site: SiteData, *entries: Report) -> str:
    return reports.section(site_of(site, *entries), HERE)


def row(site: SiteData, entry: Report) -> list[str]:
    """Return the cells of the table's only row."""
    lines = [line for line in shown(site, entry).splitlines() if line.startswith("|")]
    return [cell.strip() for cell in lines[2].split("|")[1:-1]]


def test_a_row_has_report_service_both_results_and_the_reason_for_their_difference(measured: SiteData) -> None:
    cells = row(measured, report(metric()))
    assert cells[:3] == ["[A team](#team), 2024, went to Go", "A simulator", "Orbits: 76 → 2 s, 38×"]
    assert cells[3].startswith("[N-body](../performance/loops-and-arithmetic.md#n-body), pure and standard library: Go 38")
    assert cells[4] == "Theirs takes more steps."


@pytest.mark.parametrize(
    ("published", "phrase"),
    [
        (metric(before=[5, 7], after=None), "5 to 7 s"),
        (metric(before=1575, after=36424, unit="requests/s", better="higher"), "1,575 → 36,424 requests/s, 23×"),
        (metric(before=20, after=0.5, bound="at least"), "20 → 0.5 s, at least 40×"),
        (metric(before=2, after=4), "2 → 4 s, 0.5×"),
        (times((30, 40), bound="about"), "about 30 to 40×"),
        (times(1.1), "1.1×"),
    ],
    ids=["before alone", "a rate", "a bound", "worse", "a range", "times alone"],
)
def test_a_metric_is_said_as_it_was_published(measured: SiteData, published: ReportedMetric, phrase: str) -> None:
    assert row(measured, report(published))[2] == f"Orbits: {phrase}"


def test_each_metric_has_a_line_of_its_own(measured: SiteData) -> None:
    cells = row(measured, report(metric(), metric(what="Start", ours=None)))
    assert (cells[2].count("<br>"), cells[3].count("<br>")) == (1, 0)


def test_a_report_without_a_metric_says_so(measured: SiteData) -> None:
    assert row(measured, report(direction="stayed"))[2:4] == ["none published", ""]


def test_a_report_without_a_date_says_so(measured: SiteData) -> None:
    text = shown(measured, report(published=None))
    assert "[A team](#team), undated, went to Go" in text
    assert "Published: [undated](https://team.example/blog)." in text


def test_what_is_not_measured_says_so(empty: SiteData) -> None:
    assert row(empty, report(metric()))[3].endswith(": not measured")
    assert "None of their metrics can be compared yet" in shown(empty, report(metric()))


def test_a_result_that_may_not_be_published_says_why(results: Path) -> None:
    slow = synthetic.run(pythons=(synthetic.python_runtime(canary=synthetic.canary(1.6)),))
    made.save(results, slow, (made.CATALOG.benchmark("execution/n-body"),))
    assert ": not publishable: " in row(load(made.ROOT, results), report(metric()))[3]


def test_the_finding_counts_what_is_larger_than_ours(measured: SiteData) -> None:
    text = shown(measured, report(times(76)), report(times(152), id="other"), report(times(19), id="third"))
    assert "**Of 3 published factors that can be compared, 2 are larger than ours.**" in text


def test_the_finding_says_why_they_are_larger(measured: SiteData) -> None:
    assert "larger than ours.** Many of theirs compare whole machines, or a service" in shown(measured, report(times(76)))


def test_an_anecdote_is_marked_and_not_counted(measured: SiteData) -> None:
    text = shown(measured, report(times(76), anecdote=True), report(times(19), id="other"))
    assert "**Of 1 published factor that can be compared, 0 are larger than ours.**" in text
    assert "[A team](#team), 2024, went to Go (an anecdote)" in text


def test_a_copy_that_was_read_is_linked_beside_the_original(measured: SiteData) -> None:
    text = shown(measured, report(read_at="https://copy.example/team"))
    assert "[2024-05-17](https://team.example/blog), read [at second hand](https://copy.example/team)." in text


@pytest.mark.parametrize("other", [metric(after=None), times(40, bound="at least")], ids=["without a factor", "a bound"])
def test_what_cannot_be_compared_is_counted_apart(measured: SiteData, other: ReportedMetric) -> None:
    text = shown(measured, report(times(76), other))
    assert "**Of 1 published factor that can be compared, 1 is larger than ours.**" in text
    assert "For 1 more, one side or the other has no number" in text


def test_the_finding_counts_where_teams_went_and_what_they_published(measured: SiteData) -> None:
    text = shown(measured, report(metric()), report(id="other"), report(metric(), id="third", direction="stayed"))
    assert text.startswith(
        "**Of 3 reports, 2 went to Go, 0 proposed it or ran a pilot, 1 stayed with Python, 0 came back to Python, "
        "0 took a third language.**"
    )
    assert (
        "Of those that went to Go or proposed it, 1 published a metric; of the others, 1 published one of both languages" in text
    )


def test_entries_stand_under_where_the_team_went(measured: SiteData) -> None:
    text = shown(measured, report(id="one", direction="to Python"), report(id="two"))
    assert text.index("## To Go") < text.index("{ #two ") < text.index("## Back to Python") < text.index("{ #one ")
    assert "## Stayed with Python" not in text


def test_an_entry_has_source_reason_and_conditions(measured: SiteData) -> None:
    entry = shown(measured, report(metric())).partition("### A team")[2]
    assert "A simulator. Published: [2024-05-17](https://team.example/blog)." in entry
    assert "- **Why:** It was slow.\n- **Conditions:** many steps." in entry


def test_the_macro_shows_every_report_of_the_catalog(empty: SiteData) -> None:
    (macro,) = (one for one in macros(empty, lambda: HERE) if one.__name__ == "field_reports")
    assert macro() == reports.section(empty, HERE)
    assert all(f"{{ #{entry.id} " in macro() for entry in made.CATALOG.reports)
