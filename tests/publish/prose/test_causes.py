from __future__ import annotations

from dataclasses import replace

from bench.catalog.model import Published
from scripts.publish.facts.data import SiteData
from scripts.publish.prose import causes
from scripts.publish.prose.crosscheck import comparisons
from scripts.publish.style import wording
from tests.publish.prose.test_crosscheck import HERE, figures, site_of


def rows(site: SiteData) -> list[list[str]]:
    """Return the cells of the table, without its head."""
    lines = [line for line in causes.section(site, HERE).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[2:]]


def published(python: str) -> Published:
    """Return a figure of plain text in which Gin serves eight times what a server in Python does."""
    return figures({python: 1.0}, {"gin": 8.0}, benchmark="web/plaintext", unit="request/second", work="Plain text")


def test_two_servers_of_a_framework_are_compared_by_their_processor_time(measured: SiteData) -> None:
    (row,) = (row for row in rows(measured) if row[2] == "Flask over Flask on granian")
    assert row[0] == "Server"
    assert row[3].endswith(" times the processor time")


def test_each_server_that_varies_another_is_compared_with_it(measured: SiteData) -> None:
    varying = [server for server in measured.catalog.servers if server.varies]
    assert len([row for row in rows(measured) if row[0] == "Data access"]) == len(varying)


def test_a_mapper_is_compared_with_its_driver_whichever_of_them_varies(measured: SiteData) -> None:
    compared = [row[2] for row in rows(measured) if row[0] == "Data access"]
    assert {"Gin, GORM over Gin", "Flask on granian over Flask, psycopg"} <= set(compared)


def test_what_was_not_measured_says_so_in_every_row(empty: SiteData) -> None:
    assert {row[3] for row in rows(empty)} == {wording.NOT_MEASURED}


def test_the_nearest_server_of_a_framework_leaves_no_larger_shift(measured: SiteData) -> None:
    comparison = comparisons(site_of(measured, published("flask")))[0]
    nearest = replace(comparison, ours=causes.nearest(comparison, measured))
    assert nearest.quotient <= comparison.quotient


def test_what_is_left_is_said_of_comparisons_over_http_alone(measured: SiteData) -> None:
    assert "In the geometric mean" in causes.section(site_of(measured, published("flask")), HERE)
    assert "In the geometric mean" not in causes.section(
        site_of(measured, figures({"pure": 838.0}, {"standard-library": 21.4})), HERE
    )
