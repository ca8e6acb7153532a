"""The page on fairness has an answer to each objection, and a link to where the answer can be seen."""

from __future__ import annotations

import re

import pytest

from tests.pages.sources import pages

PAGE = "evidence/fairness.md"
OBJECTIONS = {
    "Go is at a disadvantage": (
        *(
            "uuid",
            "json",
            "hog",
            "templates",
            "bit-parallel",
            "rows",
            "lock",
            "binding",
            "floor",
            "echo",
            "collector",
            "builds",
            "saturation",
        ),
        "sentences",
    ),
    "Python is at a disadvantage": (
        *("servers", "orm", "free-threading", "tiers", "compiled", "idle", "asgi", "preload", "imports", "asyncio", "processes"),
        "towards-go",
    ),
    "The programs themselves": ("published", "two-points", "edges", "busy", "one-process", "chance", "one-second"),
}
ANCHORS = re.compile(
    r"\{ #([a-z0-9-]+)(?: [^}\n]*)? \}|\{\{ heading\(\"[a-z]+/([a-z0-9-]+)\"\) \}\}|^##+ ([^{\n]+)$", re.MULTILINE
)
LINK = re.compile(r"\]\(((?:\.\./)?[a-z/-]+\.md)(?:#([a-z0-9-]+))?\)")


def answers(part: str) -> dict[str, str]:
    """Return anchor -> answer of each objection of a part of the page."""
    text = pages()[PAGE].partition(f"## {part}\n")[2].partition("\n## ")[0]
    return dict(re.findall(r"^### [^\n]+ \{ #([a-z-]+) \}\n\n(.*?)(?=\n### |\Z)", text, re.MULTILINE | re.DOTALL))


def anchors(page: str) -> set[str]:
    return {
        own or benchmark or re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
        for own, benchmark, title in ANCHORS.findall(pages()[page])
    }


@pytest.mark.parametrize(("part", "objections"), OBJECTIONS.items())
def test_every_objection_has_an_answer(part: str, objections: tuple[str, ...]) -> None:
    assert tuple(answers(part)) == objections
    assert all(len(answer.split()) > 10 for answer in answers(part).values())


@pytest.mark.parametrize("part", OBJECTIONS)
def test_every_answer_says_where_it_can_be_seen(part: str) -> None:
    assert [anchor for anchor, answer in answers(part).items() if not LINK.search(answer)] == []


def test_every_link_leads_to_a_part_of_a_page() -> None:
    links = [
        (path.removeprefix("../") if path.startswith("../") else f"evidence/{path}", to)
        for path, to in LINK.findall(pages()[PAGE])
    ]
    assert links
    assert [f"{page}#{anchor}" for page, anchor in links if anchor and anchor not in anchors(page)] == []


def test_the_method_links_to_it() -> None:
    assert f"]({PAGE})" in pages()["method.md"]
