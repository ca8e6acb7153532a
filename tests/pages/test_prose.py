"""Every number on a page comes from a result file or from the code of the method, through a macro."""

from __future__ import annotations

import re

import pytest

from tests.pages.sources import pages, prose

_COUNT = r"\d(?:[\d.,]*\d)?|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|a hundred|a thousand"
_UNIT = r"x|×|%|[nµum]?s|seconds?|minutes?|times|fold|per\s?cent|[kMG]i?B|bytes?|req/s|requests?|faster|slower|pairs?|values|GHz"
_BARE = r"\b[Tt]wice (?:as|the)\b|\b[Hh]alf (?:as|the)\b|\b\d+[.,]\d+(?![\w.])"
MEASURED = re.compile(rf"(?<![\w.-])(?:{_COUNT})[\s-]*(?:{_UNIT})(?!\w)|{_BARE}")

ALLOWED = {
    ("ecosystem/web-frameworks.md", "1,000 requests"): "the unit of a table",
    ("method.md", "38 %"): "published by Abedi and Brecht, cited in the same footnote",
    ("performance/loops-and-arithmetic.md", "38 times"): "published by the Benchmarks Game, linked in the same sentence",
    ("performance/loops-and-arithmetic.md", "41 times"): "published by the Benchmarks Game, linked in the same sentence",
    ("performance/loops-and-arithmetic.md", "54 times"): "published by plb2, linked in the same sentence",
    ("performance/loops-and-arithmetic.md", "43 times"): "published by kostya/benchmarks, linked in the same sentence",
    ("performance/loops-and-arithmetic.md", "6.1 times"): "published by the Benchmarks Game, linked in the same sentence",
    ("performance/loops-and-arithmetic.md", "1.7 times"): "published by the Benchmarks Game, linked in the same sentence",
    ("performance/loops-and-arithmetic.md", "39 times"): "published by the Benchmarks Game, linked in the same sentence",
    ("performance/loops-and-arithmetic.md", "46 times"): "published by the Benchmarks Game, linked in the same sentence",
    ("performance/data-in-memory.md", "3.2 times"): "published by the Benchmarks Game, linked in the same sentence",
    ("performance/what-a-request-does.md", "1.1 times"): "published by kostya/benchmarks, linked in the same sentence",
    ("performance/what-a-request-does.md", "0.54"): "published by the Benchmarks Game, linked in the same sentence",
    ("performance/what-a-request-does.md", "1.9 times"): "published by kostya/benchmarks, linked in the same sentence",
    ("ecosystem/production.md", "1.3"): "a version of TLS",
}
"""(page, text) -> why it may be typed."""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Go is 38x faster", "38x"),
        ("takes 3.4 ms", "3.4 ms"),
        ("only 2 % of it", "2 %"),
        ("ten times as fast", "ten times"),
        ("twice as fast", "twice as"),
        ("a ratio of 1.7", "1.7"),
        ("has Go 1.1 times as fast", "1.1 times"),
    ],
)
def test_the_search_finds_a_measured_number(text: str, number: str) -> None:
    assert [match[0] for match in MEASURED.finditer(_without_versions(text))] == [number]


@pytest.mark.parametrize("text", ["since version 3.11", "x86-64", "two sides", "PEP 659", "CC BY 4.0", "at 14:00"])
def test_the_search_passes_over_other_numbers(text: str) -> None:
    assert not [match[0] for match in MEASURED.finditer(_without_versions(text))]


def test_no_measured_number_is_typed_into_a_page() -> None:
    typed = [
        f"docs/{page}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]!r} is typed; place it with a macro"
        for page, markdown in pages().items()
        for text in [_without_versions(prose(markdown))]
        for match in MEASURED.finditer(text)
        if (page, _one_line(match[0])) not in ALLOWED
    ]
    assert typed == []


def test_every_exception_is_still_needed() -> None:
    texts = {page: _one_line(prose(markdown)) for page, markdown in pages().items()}
    assert [(page, number) for page, number in ALLOWED if number not in texts.get(page, "")] == []


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _without_versions(text: str) -> str:
    """Drop versions and licences: a number with a point after a name that has versions."""
    return re.sub(r"\b(?:versions?|Python|CPython|Go|PyPy|CC BY)\s+\d+(?:\.\d+)+(?!\s*(?:x|×|times)\b)", "", text)
