from __future__ import annotations

from pathlib import Path

import pytest

from scripts.publish.facts.data import SiteData, load
from scripts.publish.prose.evidence import rests_on
from scripts.publish.style.addresses import Address
from tests import synthetic
from tests.publish import made

HERE = Address("final-thoughts.md", "https://site.example/python-or-go", "https://code.example/python-or-go")
N_BODY = "execution/n-body"


def test_a_sentence_shows_results_and_verdicts_with_their_links(measured: SiteData) -> None:
    text = rests_on(measured, HERE, "loops", {N_BODY: "go", "execution-loop": "supported or partly"})
    assert text.startswith('<span data-search-exclude="true">([N-body](performance/loops-and-arithmetic.md#n-body): Go 38')
    assert "; [A plain counting loop shows that Go is faster](claims.md#execution-loop): " in text


def test_a_sentence_may_rest_on_other_programs_than_the_headlines(measured: SiteData) -> None:
    text = rests_on(measured, HERE, "loops", {"execution/matrix-product pure standard-library": "go"})
    assert "Go 38" in text


def test_another_language_ahead_is_an_error_with_the_name_of_the_sentence(measured: SiteData) -> None:
    message = "the sentence 'loops' rests on execution/n-body: python; now it is: go. Correct one of them"
    with pytest.raises(KeyError, match=message):
        rests_on(measured, HERE, "loops", {N_BODY: "python"})


def test_another_verdict_is_an_error_with_the_name_of_the_sentence(measured: SiteData) -> None:
    with pytest.raises(KeyError, match="the sentence 'loops' rests on execution-loop: contradicted; now it is: "):
        rests_on(measured, HERE, "loops", {"execution-loop": "contradicted"})


@pytest.mark.parametrize("said", ["python", "go", "neither"])
def test_what_is_not_measured_contradicts_no_sentence(empty: SiteData, said: str) -> None:
    assert rests_on(empty, HERE, "loops", {N_BODY: said}).endswith(": not measured)</span>")


def test_what_may_not_be_published_contradicts_no_sentence_and_says_why(results: Path) -> None:
    slow = synthetic.run(pythons=(synthetic.python_runtime(canary=synthetic.canary(1.6)),))
    made.save(results, slow, (made.CATALOG.benchmark(N_BODY),))
    assert ": not publishable: " in rests_on(load(made.ROOT, results), HERE, "loops", {N_BODY: "python"})


@pytest.mark.parametrize("name", ["execution/gone", "execution/n-body fast standard-library", "no-claim"])
def test_what_does_not_exist_is_an_error(measured: SiteData, name: str) -> None:
    with pytest.raises(KeyError):
        rests_on(measured, HERE, "loops", {name: "go"})
