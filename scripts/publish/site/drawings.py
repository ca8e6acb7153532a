"""Drawings come into pages when these are finished: four fifths of a page's elements, which nobody needs to parse before."""

from __future__ import annotations

import re
from pathlib import Path

from bench.records.files import ResultError
from scripts.publish.figures.figures import Figure
from scripts.publish.style import palette
from scripts.publish.style.addresses import figure_file

PLACE = re.compile(r'<svg data-figure="([\w.-]+)"></svg>')


def place(root: Path, shown: Figure) -> str:
    """Return the element that a figure's drawing will replace.

    Raises:
        ResultError: it was not drawn.
    """
    path = root / "docs" / figure_file(shown.stem, "svg")
    if not path.is_file():
        raise ResultError(f"{path}: is missing; `scripts/build.py pages` draws the figures")
    return f'<svg data-figure="{shown.stem}"></svg>'


def put_in_place(root: Path, text: str) -> str:
    """Return the HTML of a page with its drawings, in the colours of the page."""
    return PLACE.sub(lambda found: _drawing(root, found[1]), text)


def put_into_site(root: Path, site: Path) -> None:
    """Put the drawings into every page of a built site."""
    for page in site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        if PLACE.search(text):
            page.write_text(put_in_place(root, text), encoding="utf-8")


def _drawing(root: Path, stem: str) -> str:
    return palette.follow_the_page((root / "docs" / figure_file(stem, "svg")).read_text(encoding="utf-8")).strip()
