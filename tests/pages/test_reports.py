"""The prose of reports.toml, which is printed beside numbers that change."""

from __future__ import annotations

from typing import get_args

from bench.catalog.reports import Direction
from tests.cataloged import CATALOG
from tests.pages.sources import DOCS
from tests.pages.test_prose import MEASURED

REPORTS = CATALOG.reports


def test_an_explanation_has_no_measured_number() -> None:
    assert {report.id: numbers for report in REPORTS if (numbers := MEASURED.findall(report.explanation))} == {}


def test_a_text_breaks_no_table() -> None:
    texts = [
        (report.id, text)
        for report in REPORTS
        for text in (report.team, report.service, report.explanation, *(metric.what for metric in report.metric))
    ]
    assert [(name, text) for name, text in texts if "|" in text or "\n" in text.strip()] == []


def test_links_between_pages_lead_somewhere() -> None:
    targets = [part.partition(")")[0] for report in REPORTS for part in report.explanation.split("](../")[1:]]
    assert [target for target in targets if not (DOCS / target.partition("#")[0]).is_file()] == []


def test_no_report_is_of_tables_as_the_page_says() -> None:
    texts = {report.id: f"{report.service} {report.conditions} {report.reason}".lower() for report in REPORTS}
    assert [name for name, text in texts.items() if "pandas" in text or "spark" in text] == []


def test_there_are_reports_of_every_direction() -> None:
    assert {report.direction for report in REPORTS} == {*get_args(Direction)}
