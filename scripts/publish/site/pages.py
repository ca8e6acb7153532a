"""What the pages' sources lack: the section of a benchmark, the macros of a section, the target of a link into the repository."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2 import nodes

from bench.catalog import Benchmark, Catalog
from bench.catalog.nearest import question

DOCS = "docs"
FOR_DEVELOPERS = ("architecture.md", "decisions")
"""What below docs/ is no page of the site: mkdocs.yml excludes the same."""
PARTS = ("question", "ratio", "chart", "conditions", "code", "reproduce", "cite")
"""The macros of a benchmark's section, each called with its id."""
OF_SERVERS = {"ratio": "server_ratios", "code": None}
"""What takes their place where the programs are web servers; their code is on the pages of the two languages' ecosystems."""
RESULTS = "bench/results/"
"""What a link may name though it is missing: the store says which results there have to be, and there may be none."""
TABS = ("issues",)
"""What a link into the repository may name besides files and folders."""


@dataclass(frozen=True)
class Call:
    """One call of a macro with a text as its first argument, or with none."""

    macro: str
    argument: str
    line: int


@dataclass(frozen=True)
class Page:
    """The source of one page: its path below the project's root, its calls in order, and why it has none that can be read."""

    path: str
    calls: tuple[Call, ...]
    unreadable: str | None = None


def mistakes(root: Path, catalog: Catalog, *, whole: bool = True) -> list[str]:
    """Return everything that the pages of the project lack, each with the page and its line or what is to be added.

    Where the catalog is not `whole`, because some of its entries are not valid, a section may be of one of those.
    """
    pages = {page.path: page for page in read(root)}
    lines = [f"{page.path}: {page.unreadable}" for page in pages.values() if page.unreadable]
    for benchmark in catalog.benchmarks:
        lines += _of_section(benchmark, pages)
    page_of = {benchmark.id: f"{DOCS}/{benchmark.page}.md" for benchmark in catalog.benchmarks}
    misplaced = {name for name, path in page_of.items() if path not in pages}
    for page in pages.values():
        lines += _of_links(page, root)
        lines += _of_headings(page, page_of, misplaced, whole=whole)
    return lines


def read(root: Path) -> list[Page]:
    """Return every page of the site."""
    docs = root / DOCS
    paths = [path for path in sorted(docs.rglob("*.md")) if path.relative_to(docs).parts[0] not in FOR_DEVELOPERS]
    return [_page(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


def parts(benchmark: Benchmark) -> list[str]:
    """Return the macros that the section of a benchmark has to call with its id."""
    if benchmark.instrument != "http":
        return list(PARTS)
    return [macro for part in PARTS if (macro := OF_SERVERS.get(part, part))]


def wrong_target(root: Path, path: str) -> str | None:
    """Return what is wrong with the argument of the macro `repository`; None where such a page of the repository exists."""
    if path in ("", *TABS):
        return None
    kind, _, rest = path.partition("/")
    ref, _, target = rest.partition("/")
    if kind not in ("blob", "tree") or ref != "HEAD":
        known = ", ".join(f'"{tab}"' for tab in TABS)
        return f'repository("{path}"): leads nowhere; it takes "blob/HEAD/<file>", "tree/HEAD/<folder>" or {known}'
    if target.startswith(RESULTS):
        return None
    exists = (root / target).is_file() if kind == "blob" else (root / target).is_dir()
    noun = "file" if kind == "blob" else "folder"
    return None if exists and target else f'repository("{path}"): there is no {noun} {target!r}'


def _page(path: str, markdown: str) -> Page:
    try:
        template = jinja2.Environment(autoescape=True).parse(markdown)
    except jinja2.TemplateSyntaxError as error:
        return Page(path, (), f"line {error.lineno}: {error.message}")
    return Page(path, tuple(_calls(template)))


def _calls(template: nodes.Template) -> Iterator[Call]:
    for call in template.find_all(nodes.Call):
        first = call.args[0] if call.args else nodes.Const("")
        if isinstance(call.node, nodes.Name) and isinstance(first, nodes.Const):
            yield Call(call.node.name, str(first.value), call.lineno)


def _of_section(benchmark: Benchmark, pages: dict[str, Page]) -> Iterator[str]:
    """Yield what the section of a benchmark lacks on its page."""
    entry = f"bench/catalog/{benchmark.section}.toml: {benchmark.id}"
    path = f"{DOCS}/{benchmark.page}.md"
    if path not in pages:
        names = (known.removeprefix(f"{DOCS}/").removesuffix(".md") for known in pages)
        yield f"{entry}: page: there is no {path}{question(benchmark.page, names)}"
        return
    page = pages[path]
    if page.unreadable:
        return
    own: set[str] = set()
    section = None
    for call in page.calls:
        section = call.argument if call.macro == "heading" else section
        if section == call.argument == benchmark.id:
            own.add(call.macro)
    if "heading" not in own:
        yield f'{path}: {benchmark.id} has no section: {{{{ heading("{benchmark.id}") }}}} is missing'
        return
    for macro in parts(benchmark):
        if macro not in own:
            yield f'{path}: the section of {benchmark.id} lacks {{{{ {macro}("{benchmark.id}") }}}}'


def _of_headings(page: Page, page_of: dict[str, str], misplaced: set[str], *, whole: bool) -> Iterator[str]:
    """Yield the headings of a page that belong on another, to no benchmark, or elsewhere on the page.

    Nothing is said of those that are `misplaced`: their entries name a page that does not exist.
    """
    headings = [call for call in page.calls if call.macro == "heading" and call.argument not in misplaced]
    for call in headings:
        if call.argument not in page_of and whole:
            yield f'{page.path}:{call.line}: heading("{call.argument}"): there is no such benchmark'
        elif page_of.get(call.argument, page.path) != page.path:
            yield f'{page.path}:{call.line}: heading("{call.argument}"): it belongs on {page_of[call.argument]}'
    shown = [call.argument for call in headings if page_of.get(call.argument) == page.path]
    listed = [name for name, path in page_of.items() if path == page.path and name in shown]
    if shown != listed:
        late = next(one for one, other in zip(shown, [*listed, ""], strict=False) if one != other)
        yield f"{page.path}: the section of {late} is twice there, or not where the catalog's order has it"


def _of_links(page: Page, root: Path) -> Iterator[str]:
    """Yield the links of a page into the repository that lead nowhere."""
    for call in page.calls:
        if call.macro == "repository" and (wrong := wrong_target(root, call.argument)):
            yield f"{page.path}:{call.line}: {wrong}"
