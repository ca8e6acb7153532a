"""The sentences of pages that name the results on which they rest."""

from __future__ import annotations

import ast
import re

import pytest

from scripts.publish.facts.data import SiteData, load
from scripts.publish.prose.evidence import rests_on
from scripts.publish.style.addresses import Address
from tests.pages.sources import pages
from tests.publish import made

SENTENCES = [
    (page, *ast.literal_eval(f"({arguments})"))
    for page, text in pages().items()
    for arguments in re.findall(r"\{\{ rests_on\((.*?)\) \}\}", text, re.DOTALL)
]


@pytest.fixture(scope="module")
def committed() -> SiteData:
    """The site of the committed results."""
    return load(made.ROOT, made.ROOT / "bench" / "results")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> SiteData:
    """A site of made-up results, as the tests of whole sites have it."""
    results = tmp_path_factory.mktemp("measured")
    made.save(results)
    return load(made.ROOT, results)


@pytest.mark.parametrize("source", ["committed", "measured"])
@pytest.mark.parametrize(("page", "sentence", "evidence"), SENTENCES, ids=[sentence for _, sentence, _ in SENTENCES])
def test_the_results_still_say_what_a_sentence_rests_on(
    page: str, sentence: str, evidence: dict[str, str], source: str, request: pytest.FixtureRequest
) -> None:
    site = request.getfixturevalue(source)
    assert rests_on(site, Address(page, "https://site.example", "https://code.example"), sentence, evidence)


def test_a_name_of_a_sentence_is_used_once() -> None:
    names = [sentence for _, sentence, _ in SENTENCES]
    assert sorted(set(names)) == sorted(names)
