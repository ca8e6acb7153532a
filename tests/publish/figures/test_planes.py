"""Figures that have two axes."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from scripts.publish.facts.data import SiteData
from scripts.publish.figures import drawing
from scripts.publish.figures.figures import Figure, figure
from scripts.publish.style import palette
from scripts.publish.tables import tables
from tests.publish import made
from tests.publish.figures import layers as specified
from tests.publish.tables.test_served import HERE, TITLES, stored

CURVE = "web/json-latency/curve"
IDS = ("web/json", "web/json-latency")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteData:
    """A site with the JSON endpoint's throughput and latency."""
    return stored(tmp_path_factory.mktemp("planes"), IDS)


def titles(name: str) -> list[str]:
    """Return the titles of the servers that a figure shows: of a curve those that can serve the common rate."""
    left_out = {p.title for p in made.CATALOG.benchmark("web/json-latency").python.values() if p.lacks and name == CURVE}
    return [title for title in TITLES if title not in left_out]


def layers(shown: Figure, kind: str) -> list[dict[str, Any]]:
    return specified.layers(drawing.specification(shown, "second"), kind)


def texts(shown: Figure) -> list[str]:
    root = ET.fromstring(drawing.svg(drawing.specification(shown, "second"), shown.label))  # noqa: S314  made here
    return [text.strip() for text in root.itertext() if text.strip()]


def test_a_curve_has_a_line_for_each_server(site: SiteData) -> None:
    lines = layers(figure(site, CURVE), "line")
    assert [{record["server"] for record in line["data"]["values"]} for line in lines] == [{title} for title in titles(CURVE)]


@pytest.mark.parametrize("name", [CURVE, "web-scatter"])
def test_each_server_is_named_beside_its_marks(site: SiteData, name: str) -> None:
    assert [title for title in titles(name) if title not in texts(figure(site, name))] == []


@pytest.mark.parametrize("name", [CURVE, "web-scatter"])
def test_python_is_a_circle_and_go_a_diamond(site: SiteData, name: str) -> None:
    points = [layer["mark"] for layer in layers(figure(site, name), "point")]
    assert {(mark["shape"], mark["stroke"]) for mark in points} == {("circle", palette.PYTHON), ("diamond", palette.GO)}


@pytest.mark.parametrize("name", [CURVE, "web-scatter"])
def test_both_axes_are_logarithmic(site: SiteData, name: str) -> None:
    encoding = layers(figure(site, name), "point")[0]["encoding"]
    assert [encoding[axis]["scale"]["type"] for axis in ("x", "y")] == ["log", "log"]


def boxes(shown: Figure) -> dict[str, tuple[float, float, float]]:
    """Return left end, right end and middle of each server's name, in pixels; letters are taken to be six wide."""
    placed = {}
    for layer in layers(shown, "text"):
        for record in layer["data"]["values"]:
            if record["text"] in TITLES:
                width = 6 * len(record["text"])
                left = record["x"] - {"left": 0, "center": width / 2, "right": width}[layer["mark"]["align"]]
                placed[record["text"]] = (left, left + width, record["y"])
    return placed


@pytest.mark.parametrize("name", [CURVE, "web-scatter"])
def test_names_do_not_lie_upon_one_another(site: SiteData, name: str) -> None:
    placed = boxes(figure(site, name))
    assert [
        (one, other)
        for one, (left, right, y) in placed.items()
        for other, (start, end, height) in placed.items()
        if one < other and left < end and start < right and abs(y - height) < 11
    ] == []


@pytest.mark.parametrize("name", [CURVE, "web-scatter"])
def test_a_thin_line_leads_from_each_name_to_a_mark(site: SiteData, name: str) -> None:
    leaders = [layer["encoding"] for layer in layers(figure(site, name), "rule") if layer["mark"].get("strokeWidth") == 0.75]
    heights = sorted(leader["y2"]["value"] for leader in leaders)
    assert heights == pytest.approx(sorted(middle for *_, middle in boxes(figure(site, name)).values()))


def test_a_curve_shows_the_limit_and_says_it(site: SiteData) -> None:
    shown = figure(site, CURVE)
    assert [layer["data"]["values"] for layer in layers(shown, "rule") if "strokeDash" in layer["mark"]] == [[{"limit": 0.01}]]
    assert "Dashed: a limit of 10\u00a0ms." in shown.key


def test_the_label_has_the_numbers_of_every_point(site: SiteData) -> None:
    shown = figure(site, CURVE)
    assert [point.phrase for point in shown.points if point.phase and point.phrase not in shown.label] == []


def test_a_point_that_fails_its_gate_is_left_out_and_counted(tmp_path: Path) -> None:
    late = stored(tmp_path, ("web/json-latency",), lambda p, m, _: {"lag_p99": 0.1} if (p, m) == ("go/gin", "90%") else {})
    shown = figure(late, CURVE)
    drawn = [(r["server"], r["mark"]) for layer in layers(shown, "point") for r in layer["data"]["values"]]
    assert ("Gin", "90%") not in drawn
    assert ("Echo", "90%") in drawn
    never = sum(point.phase is None for point in shown.points)
    assert f"{1 + never} of {len(shown.points)} marks left out: the table says why." in shown.key


def test_the_table_of_a_curve_says_why_a_point_is_left_out(tmp_path: Path) -> None:
    late = stored(tmp_path, ("web/json-latency",), lambda p, m, _: {"lag_p99": 0.1} if (p, m) == ("go/gin", "90%") else {})
    row = next(line for line in tables.numbers(late, HERE, CURVE).splitlines() if line.startswith("| Gin | 90% |"))
    assert f"not publishable: The load on go/gin was not what it should be in {made.ROUNDS} of {made.ROUNDS} invocations" in row


def test_a_thousandth_needs_ten_thousand_requests_in_every_round(site: SiteData) -> None:
    rows = [line.split(" | ") for line in tables.numbers(site, HERE, CURVE).splitlines()]
    rare = {(row[0].strip("| "), row[1]): row[6] for row in rows}
    assert rare["Flask", "25%"] == "too few"
    assert rare["net/http", "95%"].endswith(")")


def test_the_common_rate_is_a_point_as_well(site: SiteData) -> None:
    marks = [point.mark for point in figure(site, CURVE).points if point.server.name == "gin"]
    assert marks == ["rate", "25%", "50%", "75%", "90%", "95%"]


@pytest.mark.parametrize("name", [CURVE, "web-scatter"])
def test_without_results_a_figure_says_so(empty: SiteData, name: str) -> None:
    assert "not measured" in texts(figure(empty, name))


def test_a_wide_interval_is_drawn(tmp_path: Path) -> None:
    def noisy(program: str, mark: str, figures: Mapping[str, float]) -> Mapping[str, float]:
        slow = (program, mark) == ("go/echo", "95%") and round(figures["rate"]) % 2
        return {name: 4 * figures[name] for name in ("p99", "p999", "max")} if slow else {}

    shown = figure(stored(tmp_path, ("web/json-latency",), noisy), CURVE)
    (wide,) = (point for point in shown.points if (point.server.name, point.mark) == ("echo", "95%"))
    _, interval = wide.y
    assert wide.reason is None
    assert interval.high > 3 * interval.low


def test_the_spread_is_grouped_by_pair(site: SiteData) -> None:
    headings = [text for text in texts(figure(site, "web-spread")) if " against Gin" in text]
    drivers = ("FastAPI", "Flask, psycopg", "Django without its ORM")
    mappers = ("FastAPI, SQLAlchemy", "Flask on granian", "Django on granian")
    wanted = {f"{name} against Gin" for name in (*drivers, *mappers[1:])} | {f"{name} against Gin, GORM" for name in mappers}
    assert set(headings) == wanted
    assert len(headings) == len(wanted)


def test_servers_are_named_by_their_titles(site: SiteData) -> None:
    assert [title for title in TITLES if title not in texts(figure(site, "web/json"))] == []


def test_a_servers_rate_is_short_in_the_figure(site: SiteData) -> None:
    assert made.CATALOG.benchmark("web/json").unit == "request/second"
    drawn = drawing.specification(figure(site, "web/json"), "request/second")
    shown = [record["text"] for layer in specified.layers(drawn, "text") for record in layer["data"]["values"]]
    assert any(text.endswith("00/s") for text in shown)
