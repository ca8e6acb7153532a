"""The prose of published.toml, which is printed beside numbers that change."""

from __future__ import annotations

import pytest

from bench.catalog.model import Published
from tests.cataloged import CATALOG
from tests.pages.test_prose import MEASURED

PUBLISHED = CATALOG.published


@pytest.mark.parametrize("entry", PUBLISHED, ids=lambda entry: entry.id)
def test_an_explanation_has_no_measured_number(entry: Published) -> None:
    assert MEASURED.findall(entry.explanation) == []


def test_servers_have_a_wider_band_than_programs() -> None:
    assert {(entry.benchmark.startswith("web/"), entry.band) for entry in PUBLISHED if entry.benchmark} == {(True, 3), (False, 2)}
