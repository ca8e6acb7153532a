from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

INDEX = Path("search", "search_index.json")
MOST = 75_000
"""Bytes that the index may take on the way to a reader, who loads it with the first page."""


@pytest.fixture(scope="module")
def entries(built: Path) -> dict[str, str]:
    """What the search knows of each place: title and text, in small letters."""
    index = json.loads((built / INDEX).read_text(encoding="utf-8"))
    return {entry["location"]: f"{entry['title']} {entry['text']}".lower() for entry in index["docs"]}


def test_the_index_is_small(built: Path) -> None:
    assert len(gzip.compress((built / INDEX).read_bytes())) <= MOST


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("n-body", "performance/loops-and-arithmetic/#n-body"),
        ("json", "performance/what-a-request-does/#json"),
        ("asyncio", "concurrency/python/"),
        ("goroutine", "concurrency/go/"),
        ("fastapi", "ecosystem/python/"),
        ("memory", "performance/memory/"),
        ("cold start", "performance/cold-start-and-build/"),
        ("interval", "method/#how-to-read-a-figure"),
    ],
)
def test_a_word_is_found_where_it_is_explained(entries: dict[str, str], query: str, place: str) -> None:
    assert [location for location, text in entries.items() if location.startswith(place) and query in text] != []


def test_the_index_holds_no_program_no_drawing_and_no_conditions(entries: dict[str, str]) -> None:
    other = re.compile(
        r"<pre>|func run\(|def run\(|whisker: its 95|vega-lite|the numbers as a table|input, the same on both sides|bibtex"
    )
    assert {location: found[0] for location, text in entries.items() if (found := other.search(text))} == {}
