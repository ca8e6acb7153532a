from __future__ import annotations

import re

import pytest

from scripts.publish.style.palette import DARK, LIGHT, contrast, follow_the_page
from tests.publish.made import ROOT

CSS = (ROOT / "docs" / "assets" / "site.css").read_text(encoding="utf-8")
MARKS = ("figure-python", "figure-go", "figure-neither")
TEXTS = ("figure-text", "figure-muted", "figure-python", "figure-go")


def block(selector: str) -> dict[str, str]:
    """Return the figure's variables of the first rule with that selector."""
    rule = CSS.split(selector, 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--(figure-[a-z]+): (#[0-9a-f]{6});", rule))


def test_the_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("name", MARKS)
def test_a_mark_stands_out_from_the_paper(colours: dict[str, str], name: str) -> None:
    assert contrast(colours[name], colours["figure-paper"]) >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK])
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_can_be_read_on_the_paper(colours: dict[str, str], name: str) -> None:
    assert contrast(colours[name], colours["figure-paper"]) >= 4.5


def test_the_style_sheet_has_the_light_palette() -> None:
    assert block('[data-md-color-scheme="default"]') == LIGHT


def test_the_style_sheet_has_the_dark_palette() -> None:
    assert block('[data-md-color-scheme="slate"]') == DARK


def test_the_dark_palette_prints_light() -> None:
    printed = CSS.split("@media print", 1)[1].split('[data-md-color-scheme="slate"]', 1)[1].split("}", 1)[0]
    assert dict(re.findall(r"--(figure-[a-z]+): (#[0-9a-f]{6});", printed)) == LIGHT


def test_the_style_sheet_asks_for_nothing_from_elsewhere() -> None:
    assert not re.search(r"url\(|@import", CSS)


def test_a_colour_becomes_a_variable_with_itself_as_fallback() -> None:
    assert follow_the_page('<path fill="#B45309"/>') == '<path fill="var(--figure-python, #b45309)"/>'


def test_other_colours_stay() -> None:
    assert follow_the_page('<path fill="#123456"/>') == '<path fill="#123456"/>'


def test_a_text_that_looks_like_a_colour_stays() -> None:
    svg = '<svg aria-label="#0f766e"><text> fill="#0f766e"</text></svg>'
    assert follow_the_page(svg) == svg
