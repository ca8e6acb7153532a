from __future__ import annotations

import re

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.publish.site.finish import finished, makeExtension

MARKED = re.compile(r'<(\w+)(?: class="[^"]*")? data-search-exclude="true"')
PAGE = """
# Title

Prose with `code` in it.

**Conditions.** Idle.

**Why.** It is so.

**What it means for a service.** It may be.

- [Threads](#threads): Go 77× faster (76 to 79)
- Prose

| a | b |
|---|---|
| 1 | 2 |

<figure markdown><svg><text>4 ms</text></svg></figure>

<details markdown>

<summary>Cite</summary>

Text

</details>

=== "Go"

    [`a.go`](a.go)

    ```go
    func Run() int { return 1 }
    ```
"""
EXTENSIONS = ["attr_list", "md_in_html", "tables", "pymdownx.highlight", "pymdownx.superfences"]


@pytest.fixture(scope="module")
def html() -> str:
    """The page as the site's engine makes it."""
    tabs = {"pymdownx.tabbed": {"alternate_style": True}}
    return markdown.markdown(PAGE, extensions=[*EXTENSIONS, "pymdownx.tabbed", makeExtension()], extension_configs=tabs)


def test_the_search_leaves_out_tables_figures_programs_results_conditions_and_reasons(html: str) -> None:
    assert MARKED.findall(html) == ["p", "p", "li", "table", "figure", "details", "div", "p", "pre"]


def test_the_search_keeps_titles_prose_and_code_within_prose(html: str) -> None:
    for kept in (
        "<h1>Title</h1>",
        "<p>Prose with <code>code</code> in it.</p>",
        "<p><strong>What it means for a service.</strong> It may be.</p>",
        "<li>Prose</li>",
    ):
        assert kept in html


def test_code_keeps_its_colours_but_none_for_space_names_and_punctuation(html: str) -> None:
    code = html.partition("<pre")[2]
    assert '<span class="kd">func</span> Run()' in code


@given(
    st.lists(
        st.sampled_from(["<table>", "</table>", "<p>", "</p>", "<pre class='x'>", "</pre>", "<tables>", "a < b", "&lt;table&gt;"])
    )
)
def test_finishing_changes_nothing_but_attributes(parts: list[str]) -> None:
    page = "".join(parts)
    assert finished(page).replace(' data-search-exclude="true"', "") == page
