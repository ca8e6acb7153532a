from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.sources import pages
from tests.project import page_address
from tests.site.visits import ONE_OF_EACH_KIND, PHONE, Visit

PAGES = tuple(map(page_address, pages()))
VISITED = [pytest.param(page, marks=[] if page in ONE_OF_EACH_KIND else pytest.mark.every) for page in PAGES]
"""The pages that are looked at in a browser: `make test` leaves out those whose kind it sees on another."""
TARGET = re.compile(r'(?:href|src)="([^"]*)"')
ANCHOR = re.compile(r'\b(?:id|name)="?([^"\s>]+)')
Scheme = Literal["light", "dark"]

FOREGROUND_AND_BACKGROUND = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const colour = text => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const label = document.querySelector('figure svg[role=img] text');
  return [colour(getComputedStyle(label).fill), colour(getComputedStyle(document.body).backgroundColor)];
}"""


def luminance(colour: list[int]) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour[:3]))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: list[int], other: list[int]) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("path", VISITED)
def test_a_page_asks_nothing_of_another_origin(visited: Callable[[str], Visit], address: str, path: str) -> None:
    asked = visited(address + path).asked
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert len(asked) > 1


@pytest.mark.parametrize("path", VISITED)
def test_a_page_reports_no_error_to_the_console(visited: Callable[[str], Visit], address: str, path: str) -> None:
    assert visited(address + path).watch.errors == []


@pytest.mark.parametrize("path", VISITED)
def test_a_page_fits_a_phone(visited: Callable[[str], Visit], address: str, path: str) -> None:
    assert visited(address + path).on_a_phone <= PHONE["width"]


@pytest.mark.parametrize("path", ["", "performance/execution-speed/"])
def test_figures_show_without_javascript(browser: Browser, address: str, path: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + path)
        figure = page.locator("figure svg[role=img]").first
        assert figure.is_visible()
        assert re.search(r"\d", figure.get_attribute("aria-label") or "")


def test_code_of_both_languages_can_be_reached_without_javascript(browser: Browser, address: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address + "performance/loops-and-arithmetic/")
        tabs = page.locator(".tabbed-set").first
        tabs.locator("label", has_text="Go").first.click()
        assert tabs.get_by_text("func Run").first.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figure_text_can_be_read_in_either_palette(browser: Browser, address: str, scheme: Scheme) -> None:
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(address)
        text, background = page.evaluate(FOREGROUND_AND_BACKGROUND)
        assert (luminance(background) < 0.5) is (scheme == "dark")
        assert contrast(text, background) >= 4.5


def test_the_dark_palette_prints_dark_on_light(browser: Browser, address: str) -> None:
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.goto(address)
        page.emulate_media(media="print", color_scheme="dark")
        text, background = page.evaluate(FOREGROUND_AND_BACKGROUND)
        paper = background if background[3] else [255, 255, 255, 255]
        assert luminance(paper) > 0.9
        assert contrast(text, paper) >= 4.5


def test_the_palette_can_be_switched(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("label[title='Switch to the dark palette']").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


def test_search_finds_a_benchmark(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".md-search-result__meta", has_text="Type to start searching").wait_for(state="attached")  # the index is loaded
    page.locator("input.md-search__input").press_sequentially("spectral norm")  # typed: the theme listens to keys
    page.locator(".md-search-result__item a").first.wait_for()
    assert "loops-and-arithmetic" in (page.locator(".md-search-result__item a").first.get_attribute("href") or "")


def test_every_page_of_a_kind_that_is_looked_at_exists() -> None:
    assert set(ONE_OF_EACH_KIND) <= set(PAGES)


def test_every_link_within_the_site_leads_somewhere(built: Path) -> None:
    sources = {page: page.read_text(encoding="utf-8") for page in built.rglob("*.html")}
    anchors = {page: {"", *ANCHOR.findall(text)} for page, text in sources.items()}
    broken = []
    for page, text in sources.items():
        for link in map(html.unescape, TARGET.findall(text)):
            address = urlsplit(urljoin(f"/{page.relative_to(built).as_posix()}", link))
            file = built / unquote(address.path).removeprefix("/")
            file = file / "index.html" if file.is_dir() else file
            if not address.netloc and not (file.is_file() and unquote(address.fragment) in anchors.get(file, {""})):
                broken.append(f"{page.relative_to(built)}: {link}")
    assert broken == []
