"""The verdicts on all claims, from the committed results and from made-up ones."""

from __future__ import annotations

import re

import pytest

from bench.analyse.verdicts import word
from bench.catalog.model import Claim, FasterRule, SameLanguageRule, SizeRule
from scripts.publish.facts.data import SiteData
from scripts.publish.prose import claims
from scripts.publish.style.addresses import Address
from tests.publish import made

HERE = Address("claims.md", "https://site.example/python-or-go", "https://code.example/python-or-go")
COUNTED = [claim for claim in made.CATALOG.claims if isinstance(claim.rule, FasterRule | SameLanguageRule | SizeRule)]


@pytest.fixture(params=["committed", "measured"])
def site(request: pytest.FixtureRequest) -> SiteData:
    chosen = request.getfixturevalue(request.param)
    assert isinstance(chosen, SiteData)
    return chosen


def counts(reason: str) -> list[tuple[int, int]]:
    """Return what a reason counts: (comparisons that bear the claim out, comparisons), for each rival where there are several."""
    return [(int(ahead), int(count)) for ahead, count in re.findall(r"in (\d+) of (\d+)", reason)]


def followed(claim: Claim, reason: str) -> str:
    """Return the verdict that follows from the counts of a reason."""
    assert isinstance(claim.rule, FasterRule | SameLanguageRule | SizeRule)
    numbers = counts(reason)
    if not numbers:
        return "not measured yet"
    ahead, count = (sum(each) for each in zip(*numbers, strict=True))
    by_how_much = re.search(r"by at least [\d.]+ times in (\d+)", reason)
    return word(claim.rule, ahead, int(by_how_much[1]) if by_how_much else ahead, count)


def test_the_word_of_a_verdict_follows_the_counts_that_it_gives(site: SiteData) -> None:
    judged = {claim.id: claims.judge(site, claim.id) for claim in COUNTED}
    assert {one.claim: one.verdict for one in judged.values()} == {c.id: followed(c, judged[c.id].reason) for c in COUNTED}


def test_all_rivals_are_counted_over_the_same_comparisons(site: SiteData) -> None:
    counted = {claim.id: {count for _, count in counts(claims.judge(site, claim.id).reason)} for claim in COUNTED}
    assert {claim: numbers for claim, numbers in counted.items() if len(numbers) > 1} == {}


def test_serving_is_not_judged_by_a_computation_in_bytecode() -> None:
    assert "use-go-web" not in made.CATALOG.benchmark("web/cpu-bound").claims


def test_what_speaks_for_and_against_a_claim_is_all_that_is_counted(site: SiteData) -> None:
    wrong = []
    for claim in COUNTED:
        judged = claims.judge(site, claim.id)
        if isinstance(claim.rule, FasterRule) and judged.verdict != "not measured yet":
            ((_, count),) = counts(judged.reason)
            if not len(judged.holds) + len(judged.against) == count == sum(judged.runtimes.values()):
                wrong.append(claim.id)
    assert wrong == []


def test_a_verdict_names_the_runtime_that_it_is_about(measured: SiteData) -> None:
    wrong = []
    for claim in COUNTED:
        of_go = isinstance(claim.rule, SameLanguageRule) and claim.rule.program.startswith("go/")
        of_sources = isinstance(claim.rule, SizeRule)
        sentence = claims.sentence(measured, HERE, claim.id)
        if ("Measured with cpython-3.14." in sentence) is (of_go or of_sources or "Not measured yet" in sentence):
            wrong.append(claim.id)
    assert wrong == []


@pytest.mark.parametrize(("claim", "language"), [("ecosystem-gin-fast-small", "Go"), ("ecosystem-fastapi-fast", "Python")])
def test_a_verdict_on_one_among_its_like_says_what_it_was_set_against(measured: SiteData, claim: str, language: str) -> None:
    (line,) = (line for line in claims.grouped(measured, HERE).splitlines() if f"claims.md#{claim})" in line)
    against = f"Against other frameworks in {language}: "
    assert against in line
    assert against in claims.sentence(measured, HERE, claim)


def test_the_claims_are_counted_by_verdict(site: SiteData) -> None:
    first = claims.grouped(site, HERE).splitlines()[0]
    assert first.startswith(f"**Of {len(made.CATALOG.claims)} claims: ")
    assert sum(map(int, re.findall(r"[:,] (\d+) ", first))) == len(made.CATALOG.claims)


def test_each_claim_stands_once_under_its_verdict(measured: SiteData) -> None:
    parts = claims.grouped(measured, HERE).split("## ")
    under = {c.id: [part.partition("\n")[0] for part in parts if f"claims.md#{c.id})" in part] for c in made.CATALOG.claims}
    assert under == {c.id: [claims.GROUPS[claims.judge(measured, c.id).verdict][1]] for c in made.CATALOG.claims}


def test_what_a_claim_is_borne_out_by_is_counted_as_its_reason_counts_it(committed: SiteData) -> None:
    for line in claims.grouped(committed, HERE).splitlines():
        named = re.fullmatch(r".* in (\d+) of (\d+) comparisons.*Borne out by (.*); not by (.*)\.", line)
        if named and " by at least " not in line:
            assert [each(named[3]), each(named[3]) + each(named[4])] == [int(named[1]), int(named[2])], line


def each(names: str) -> int:
    """Return how many results a row of links stands for: "[Sort](...) (2) and 5 others"."""
    links = re.findall(r"\]\([^)]*\)(?: with [^,(]*)?(?: \((\d+)\))?", names)
    others = re.findall(r" and (\d+) others?$", names)
    return sum(int(number or 1) for number in links) + sum(map(int, others))


def test_a_verdict_without_claims_has_no_heading(empty: SiteData) -> None:
    text = claims.grouped(empty, HERE)
    assert "0 supported, 0 overstated" in text
    assert "## What held" not in text


def test_work_on_both_sides_of_a_claim_is_told_apart_by_its_program(committed: SiteData) -> None:
    lines = claims.grouped(committed, HERE).splitlines()
    (line,) = (line for line in lines if "memory-goroutines-light" in line)
    holds, _, against = line.partition("; not by ")
    assert "with threads" in holds
    assert "with asyncio" in against
