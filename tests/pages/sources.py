"""Reads the pages as their authors wrote them."""

from __future__ import annotations

import functools
import re

from bench.catalog.loader import ROOT

DOCS = ROOT / "docs"

_NOT_PROSE = re.compile(
    r"\{\{.*?\}\}"  # macros
    r"|\{%.*?%\}"  # template statements
    r"|<!--.*?-->"
    r"|^```.*?^```$"  # fenced code
    r"|`[^`\n]+`"  # inline code
    r"|(?<=\])\([^)\s]+\)"  # where links lead
    r"|^\[\^\w+\]:"  # names of footnotes
    r"|\[(?:doi|arXiv):[^\]]+\]",
    re.DOTALL | re.MULTILINE,
)


@functools.cache
def pages() -> dict[str, str]:
    """Return every page of the site: path below docs/ -> Markdown. What is for developers is left out."""
    return {
        path.relative_to(DOCS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(DOCS.rglob("*.md"))
        if path.relative_to(DOCS).parts[0] not in ("decisions", "architecture.md")
    }


def prose(markdown: str) -> str:
    """Return the page without macros, code and addresses, in as many lines."""
    return _NOT_PROSE.sub(lambda match: "\n" * match[0].count("\n"), markdown)
