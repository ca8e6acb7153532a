from __future__ import annotations

import html
import re
import shlex
from collections.abc import Callable
from html.parser import HTMLParser
from typing import TypeVar
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown
from mkdocs.config import load_config

from bench.catalog.loader import ROOT
from scripts.publish.style import escape

MARKUP = st.text(st.sampled_from("ab1. -+=:\\`*_{}[]()<>#|!~$^&;/\"'%8\n\t\r\x02\x03\u2028"), max_size=40)
"""Texts that are mostly markup."""
TEXTS = st.one_of(st.text(), MARKUP)
HOSTILE = (
    "<script>alert(1)</script>",
    '--8<-- "README.md"',
    'x\n--8<-- "README.md"\ny',
    "```python\nprint()\n```",
    "    indented",
    "1. one",
    "- one",
    "--- ",
    '=== "tab"\n\n    x',
    "!!! note",
    "[x](javascript:alert(1))",
    "[^1]",
    "[TOC]",
    "<http://example.org>",
    "text { #id .class }",
    "a | b\n--- | ---\nc | d",
    "&lt;b&gt; &#60;",
    "\\*a\\*",
    "{{ 7*7 }}{% raw %}",
    "\x02wzxhzdk:0\x03",
)


Test = TypeVar("Test", bound=Callable[..., None])


class Content(HTMLParser):
    """The text of a document, and the names of its elements."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.text = ""
        self.elements: list[str] = []
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        assert [name for name, _ in attrs if name != "data-search-exclude"] == []

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def site() -> Markdown:
    """What the site's pages are rendered by."""
    configuration = load_config(str(ROOT / "mkdocs.yml"), plugins=[])
    extensions = {**configuration["mdx_configs"], "pymdownx.snippets": {"base_path": str(ROOT), "check_paths": True}}
    return Markdown(extensions=configuration["markdown_extensions"], extension_configs=extensions)


def folded(text: str) -> str:
    """Return a text as a browser shows it: white space is folded, and what no document can hold is replaced."""
    return " ".join(escape.plain(text).split())


def hostile(function: Test) -> Test:
    """Add the hostile texts to a property's examples."""
    for text in HOSTILE:
        function = example(text=text)(function)
    return function


@hostile
@given(text=TEXTS)
def test_markdown_of_any_text_is_one_paragraph_with_that_text(site: Markdown, text: str) -> None:
    content = Content(site.reset().convert(escape.markdown(text)))
    assert folded(content.text) == folded(text)
    assert content.elements == (["p"] if folded(text) else [])


@hostile
@given(text=TEXTS)
def test_markdown_of_any_text_stays_in_its_cell(site: Markdown, text: str) -> None:
    table = f"| a | b |\n| --- | --- |\n| {escape.markdown(text)} | c |"
    content = Content(site.reset().convert(table))
    assert folded(content.text) == folded(f"a b {text} c")
    assert content.elements == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]


@hostile
@given(text=TEXTS)
def test_a_link_has_any_text_as_it_is(site: Markdown, text: str) -> None:
    rendered = site.reset().convert(f"See {escape.link(text, 'page.md')}.")
    assert re.fullmatch(r'<p>See <a href="page\.md">[^<>]*</a>\.</p>', rendered)
    assert folded(Content(rendered.replace(' href="page.md"', "")).text) == folded(f"See {text}.")


@hostile
@given(text=TEXTS)
def test_code_has_any_text_as_it_is(site: Markdown, text: str) -> None:
    content = Content(site.reset().convert(f"With {escape.code(text)}."))
    assert folded(content.text) == folded(f"With {text}.")
    assert content.elements == ["p", "code"]


def test_spaces_at_the_end_of_a_text_do_not_break_the_line(site: Markdown) -> None:
    assert Content(site.reset().convert(f"{escape.markdown('a  ')}\nb")).elements == ["p"]


def test_markdown_is_not_escaped_twice() -> None:
    assert escape.markdown(escape.markdown("a*b")) == escape.markdown("a*b") == "a&#42;b"


@pytest.mark.parametrize("text", ["Go 38× faster (37.4 to 38.9)", "1.80 ms (1.79 to 1.81)", 'n = 40; 95 %, as "x" and it\'s'])
def test_ordinary_phrases_stay_as_they_are(text: str) -> None:
    assert escape.markdown(text) == text


@given(text=TEXTS)
def test_any_text_is_the_value_of_an_attribute_and_of_an_element(text: str) -> None:
    element = ET.fromstring(f'<svg a="{escape.html(text)}">{escape.html(text)}</svg>')  # noqa: S314  made here
    assert element.get("a") == escape.plain(text)
    assert (element.text or "") == escape.plain(text)


@given(text=TEXTS)
def test_html_of_any_text_reads_as_that_text(text: str) -> None:
    assert html.unescape(str(escape.html(text))) == escape.plain(text)


@given(text=TEXTS)
def test_bibtex_of_any_text_is_one_line_without_markup(text: str) -> None:
    field = escape.bibtex(text)
    bare = re.sub(r"\\text[a-z]+\{\}|\\[&%$#_]", "", field)
    assert not re.search(r"[\\{}%$#&_~^\n]", bare)


def test_braces_in_bibtex_are_balanced_as_bibtex_counts_them() -> None:
    assert escape.bibtex("}{\\") == r"\textbraceright{}\textbraceleft{}\textbackslash{}"


@given(text=TEXTS)
def test_a_shell_reads_any_text_as_one_word(text: str) -> None:
    word = escape.shell(text)
    assert shlex.split(word) == [escape.plain(text)]
    assert "\n" not in word


@given(text=TEXTS)
def test_plain_text_is_one_line_that_a_document_can_hold(text: str) -> None:
    line = escape.plain(text)
    assert len(line.splitlines()) <= 1
    assert not escape.UNPRINTABLE.search(line)


def test_half_a_surrogate_pair_can_be_written() -> None:
    assert escape.plain("a\ud800b").encode() == "a\ufffdb".encode()
