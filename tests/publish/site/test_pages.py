from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from scripts.publish.site import pages
from tests.cataloged import CATALOG

FIB, N_BODY = CATALOG.benchmark("execution/fib"), CATALOG.benchmark("execution/n-body")
BOTH = CATALOG.model_copy(update={"benchmarks": (FIB, N_BODY)})
PAGE = f"docs/{FIB.page}.md"
ENTRY = "bench/catalog/execution.toml"
Write = Callable[[str], Path]


def section(benchmark_id: str) -> str:
    return "\n\n".join(f'{{{{ {macro}("{benchmark_id}") }}}}' for macro in ("heading", *pages.PARTS)) + "\n\n"


WHOLE = section(FIB.id) + section(N_BODY.id)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the one page that both benchmarks are on; returns the project's root."""

    def written(text: str) -> Path:
        (tmp_path / PAGE).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / PAGE).write_text(text, encoding="utf-8")
        return tmp_path

    return written


def test_the_projects_own_pages_lack_nothing() -> None:
    assert pages.mistakes(ROOT, CATALOG) == []


def test_a_page_with_all_sections_lacks_nothing(write: Write) -> None:
    assert pages.mistakes(write(WHOLE), BOTH) == []


def test_a_missing_section_is_named_with_what_begins_it(write: Write) -> None:
    assert pages.mistakes(write(section(FIB.id)), BOTH) == [
        f'{PAGE}: execution/n-body has no section: {{{{ heading("execution/n-body") }}}} is missing'
    ]


def test_all_that_is_missing_is_named_at_once(write: Write) -> None:
    assert len(pages.mistakes(write('{{ repository("gone") }}'), BOTH)) == 3


@pytest.mark.parametrize("macro", pages.PARTS)
def test_a_macro_that_a_section_lacks_is_named(write: Write, macro: str) -> None:
    call = f'{{{{ {macro}("execution/fib") }}}}'
    assert pages.mistakes(write(WHOLE.replace(call, "")), BOTH) == [f"{PAGE}: the section of execution/fib lacks {call}"]


def test_a_macro_in_the_section_of_another_benchmark_does_not_count(write: Write) -> None:
    call = '{{ cite("execution/fib") }}'
    assert len(pages.mistakes(write(WHOLE.replace(call, "") + call), BOTH)) == 1


def test_a_page_that_does_not_exist_is_named_with_the_one_that_is_meant(write: Write) -> None:
    misspelt = FIB.model_copy(update={"page": FIB.page.replace("loops", "lops")})
    catalog = BOTH.model_copy(update={"benchmarks": (misspelt,)})
    assert pages.mistakes(write(""), catalog) == [
        f"{ENTRY}: execution/fib: page: there is no docs/{misspelt.page}.md; did you mean {FIB.page}?"
    ]


def test_a_section_on_another_page_is_named_with_where_it_belongs(write: Write) -> None:
    root = write(WHOLE)
    (root / "docs/other.md").write_text('{{ heading("execution/fib") }}', encoding="utf-8")
    assert pages.mistakes(root, BOTH) == [f'docs/other.md:1: heading("execution/fib"): it belongs on {PAGE}']


def test_a_section_of_no_benchmark_is_named(write: Write) -> None:
    assert pages.mistakes(write(f'{WHOLE}{{{{ heading("execution/gone") }}}}'), BOTH) == [
        f'{PAGE}:33: heading("execution/gone"): there is no such benchmark'
    ]


@pytest.mark.parametrize("text", [section(N_BODY.id) + section(FIB.id), WHOLE + section(N_BODY.id)], ids=["order", "twice"])
def test_a_section_that_is_not_where_the_catalog_has_it_is_named(write: Write, text: str) -> None:
    (mistake,) = pages.mistakes(write(text), BOTH)
    assert mistake == f"{PAGE}: the section of execution/n-body is twice there, or not where the catalog's order has it"


def test_a_page_that_cannot_be_read_is_one_message_with_the_line(write: Write) -> None:
    (mistake,) = pages.mistakes(write('text\n\n{{ ratio("execution/fib" }}'), BOTH)
    assert mistake.startswith(f"{PAGE}: line 3: ")


def test_a_decision_is_no_page(write: Write) -> None:
    root = write(WHOLE)
    (root / "docs/decisions").mkdir()
    (root / "docs/decisions/links.md").write_text('{{ repository("gone") }}', encoding="utf-8")
    assert pages.mistakes(root, BOTH) == []


@pytest.mark.parametrize("path", ["", "issues", "blob/HEAD/README.md", "tree/HEAD/bench/catalog", "tree/HEAD/bench"])
def test_a_link_to_what_is_in_the_repository_leads_somewhere(path: str) -> None:
    assert pages.wrong_target(ROOT, path) is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("go_examples/internal/burst/burst.go", "leads nowhere; it takes"),
        ("blob/main/README.md", "leads nowhere; it takes"),
        ("blob/HEAD/GONE.md", "there is no file 'GONE.md'"),
        ("blob/HEAD/bench", "there is no file 'bench'"),
        ("tree/HEAD/README.md", "there is no folder 'README.md'"),
        ("tree/HEAD/", "there is no folder ''"),
        ("tree/HEAD", "there is no folder ''"),
    ],
)
def test_a_link_that_leads_nowhere_is_named_with_page_and_line(write: Write, path: str, reason: str) -> None:
    (mistake,) = pages.mistakes(write(f'{WHOLE}[it]({{{{ repository("{path}") }}}})'), BOTH)
    assert mistake.startswith(f'{PAGE}:33: repository("{path}"): {reason}')
