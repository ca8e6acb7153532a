"""The last step of a page's Markdown: what the search leaves out is marked, and what colours no code is dropped.

An extension of Python-Markdown and nothing of mkdocs, so that another engine can take it over. It sees the whole page as HTML,
whether that comes from Markdown, from a macro or from a highlighter.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

UNSEARCHED = re.compile(
    r"""
    <(?:table|pre|figure|details|div\ class="tabbed-labels"|span\ class="filename")(?=[ >])
    | <p(?=><strong>(?:Conditions|Why|Caveats|What\ is\ counted|Others|The\ same\ answer,\ but)\.</strong>)
    | <p(?=><strong>(?:What\ it\ costs|Judgement:[^<]*|How\ they\ differ)\.</strong>)
    | <p(?=><a\ href="[^"]*"><code>[^<]*</code></a></p>)
    | <p(?=>It\ imports\ <a)
    | <li(?=>(?:(?!</?li>).)*\ \([^()<]*\ to\ [^()<]*\)\.?</li>)
    | <li(?=>(?:(?!</?li>).)*:\ (?:withheld\ by\ design|not\ publishable|not\ measured))
    """,
    re.DOTALL | re.VERBOSE,
)
"""What is read on a page and not searched for: numbers, programs with their names, files and imports, charts, citations,
conditions, judgements, and why a benchmark came out as it did. What it is about and what it means for a service is found."""
UNCOLOURED = re.compile(r'<span class="(?:w|nx|n|kc|p|o)">([^<]*)</span>')
"""White space, names and constants, to which the theme gives no colour of their own, and punctuation, which it makes too pale to
be read: a quarter of each page that shows programs."""


def finished(page: str) -> str:
    """Return the HTML of a page with the attribute that the search obeys, and without needless markup."""
    return UNSEARCHED.sub(r'\g<0> data-search-exclude="true"', UNCOLOURED.sub(r"\1", page))


class Finish(Postprocessor):
    """Finishes a page."""

    def run(self, text: str) -> str:
        """Return the finished page."""
        return finished(text)


class FinishExtension(Extension):
    """Registers the step after all others."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Python-Markdown names it so
        """Register the step."""
        md.postprocessors.register(Finish(md), "finish", priority=-1)


def makeExtension() -> FinishExtension:  # noqa: N802  Python-Markdown names it so
    """Return the extension, for mkdocs.yml."""
    return FinishExtension()
