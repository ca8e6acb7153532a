"""The sentences of pages that name the results on which they rest."""

from __future__ import annotations

import ast
import re
from pathlib import Path

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


def contradicted(site: SiteData) -> list[str]:
    """Return what is no longer as a sentence says."""
    wrong = []
    for page, sentence, evidence in SENTENCES:
        try:
            rests_on(site, Address(page, "https://site.example", "https://code.example"), sentence, evidence)
        except KeyError as error:
            wrong.append(str(error))
    return wrong


def test_the_committed_results_still_say_what_each_sentence_rests_on() -> None:
    assert contradicted(load(made.ROOT, made.ROOT / "bench" / "results")) == []


def test_the_made_up_results_of_whole_sites_say_what_each_sentence_rests_on(tmp_path: Path) -> None:
    made.save(tmp_path)
    assert contradicted(load(made.ROOT, tmp_path)) == []


def test_a_name_of_a_sentence_is_used_once() -> None:
    names = [sentence for _, sentence, _ in SENTENCES]
    assert sorted(set(names)) == sorted(names)
