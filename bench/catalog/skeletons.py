"""What a new benchmark, variant or server begins as: the files of a skeleton, which `check` refuses until they are filled in."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from bench.catalog import gotests, templates
from bench.catalog.catalog import Catalog
from bench.catalog.model import Answer, Benchmark, GoTier, PythonTier, Scalar, Server
from bench.catalog.unfinished import MARK

Language = Literal["python", "go"]
Instrument = Literal["time", "memory"]
"""Those that a few lines are a program for; the programs of the others are whole commands, each with a way of its own."""
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST = 40
LONGEST_VARIANT = 24
GO_WORDS = re.compile(
    r"break|case|chan|const|continue|default|defer|else|fallthrough|for|func|go|goto|if|import|interface|map|package|range"
    r"|return|select|struct|switch|type|var|main|init|internal|testdata|vendor"
)
"""Go's keywords, and names that its tools keep for themselves."""
FLOORS = {"python": "asgi", "go": "net-http"}
"""The servers that a new one begins as: without a framework, and with every endpoint of the contract."""


class SkeletonError(Exception):
    """A skeleton cannot be made; the message says why, and what there is instead."""


@dataclass(frozen=True)
class Edit:
    """A file as a skeleton leaves it: its path below the project's root, and all of its text."""

    path: str
    text: str
    new: bool


def benchmark(
    catalog: Catalog, root: Path, benchmark_id: str, instrument: Instrument | None, page: str | None
) -> tuple[Edit, ...]:
    """Return the files of a new benchmark: its entry, a program of each language, Go's test, its section of a page.

    Raises:
        SkeletonError: there is such a benchmark, or no such section or page; or the name cannot be that of a program.
    """
    section, _, name = benchmark_id.partition("/")
    sections = list(dict.fromkeys(known.section for known in catalog.benchmarks))
    if section not in sections:
        raise SkeletonError(f"{benchmark_id}: there is no section {section!r}; there are: {', '.join(sections)}")
    if benchmark_id in {known.id for known in catalog.benchmarks}:
        raise SkeletonError(f"{benchmark_id}: there is such a benchmark already; `build.py show {benchmark_id}` shows it")
    if section == "web":
        raise SkeletonError(
            "the benchmarks of web are endpoints of a contract that every server fulfils: see docs/decisions/web.md"
        )
    _check_name(name, LONGEST)
    module, package = f"{section}.{_module(name)}", f"{section}/{_package(name)}"
    how = instrument or ("memory" if section == "memory" else "time")
    page = page or _usual_page(catalog, section, how)
    _check_page(root, page)
    entry = templates.entry(benchmark_id, page, how, module, package)
    arguments: dict[str, Scalar] = {"count" if how == "memory" else "n": 1000}
    edits = [
        _appended(root, f"bench/catalog/{section}.toml", entry),
        Edit(_python_path(module), templates.python_program(how, arguments, (), 0), new=True),
        *_go_program(benchmark_id, package, how, arguments, ()),
        _with_section(catalog, root, benchmark_id, page, how),
    ]
    return _checked(root, edits)


def variant(root: Path, known: Benchmark, language: Language, name: str) -> tuple[Edit, ...]:
    """Return the files of one more program of a benchmark: its entry, the program, of Go its test, and its line on the page.

    Raises:
        SkeletonError: there is such a variant, or the benchmark cannot have one of that name.
    """
    if known.instrument not in get_args(Instrument):
        instead = "`new server`" if known.instrument == "http" else "copy the nearest of its programs, and its entry"
        raise SkeletonError(f"{known.id}: there is no skeleton for what {known.instrument} measures: {instead}")
    _check_name(name, LONGEST_VARIANT)
    programs = known.python if language == "python" else known.go
    if name in programs:
        raise SkeletonError(f"{known.id}: {language} has a variant {name!r} already: {programs[name].path}")
    tiers = get_args(PythonTier) if language == "python" else get_args(GoTier)
    section = known.section
    module, package = f"{section}.{_module(f'{known.name}-{name}')}", f"{section}/{_package(f'{known.name}-{name}')}"
    tier = None if name in tiers else programs[getattr(known.headline, language)].tier
    table = templates.variant(language, name, tier, module if language == "python" else package)
    arguments: dict[str, Scalar] = {**known.input, **({"count": 1} if known.counts else {})}
    how: Instrument = "memory" if known.instrument == "memory" else "time"
    program = (
        [Edit(_python_path(module), templates.python_program(how, arguments, tuple(known.files), known.check.answer), new=True)]
        if language == "python"
        else list(_go_program(known.id, package, how, arguments, tuple(known.files), known))
    )
    return _checked(root, [_with_variant(root, known, language, table), *program, _with_ratio(root, known, language, name)])


def server(catalog: Catalog, root: Path, name: str, language: Language, like: str | None) -> tuple[Edit, ...]:
    """Return the files of a new web server: its entry alone if it shares the handlers of another, or else a folder too.

    Raises:
        SkeletonError: there is such a server, or the one whose handlers it is to share is missing or not Python's.
    """
    servers = {known.name: known for known in catalog.servers}
    if name in servers:
        raise SkeletonError(f"{name}: there is such a server already: {servers[name].folder}")
    _check_name(name, LONGEST_VARIANT)
    if like is not None:
        shared = servers.get(like)
        if shared is None or shared.language != "python" or language != "python":
            known = ", ".join(each.name for each in catalog.servers if each.language == "python")
            raise SkeletonError(f"--like {like}: it has to be a server in Python, whose handlers the new one shares: {known}")
        return (_with_server(root, language, templates.server_like(name, shared)),)
    floor = servers[FLOORS[language]]
    folder = f"bench/workloads/web/{_module(name)}" if language == "python" else f"go_examples/web/{_package(name)}"
    place = f"web.{_module(name)}.app" if language == "python" else f"web/{_package(name)}"
    edits = [
        _with_server(root, language, templates.server(name, floor, place)),
        *_copied(root, floor, folder, name),
        _with_framework(root, language, name),
    ]
    return _checked(root, edits)


def _checked(root: Path, edits: list[Edit]) -> tuple[Edit, ...]:
    """Return the edits; raises SkeletonError where one of the new files exists."""
    if there := [edit.path for edit in edits if edit.new and (root / edit.path).exists()]:
        raise SkeletonError("\n".join(f"{path}: exists already, and nothing is overwritten" for path in there))
    return tuple(edits)


def _check_name(name: str, longest: int) -> None:
    if not NAME.fullmatch(name) or len(name) > longest or keyword.iskeyword(_module(name)) or GO_WORDS.fullmatch(_package(name)):
        rule = (
            f"begins with a letter, has at most {longest} small letters, digits and single hyphens, and is no word of a language"
        )
        raise SkeletonError(f"{name!r}: cannot be the name of a program: such a name {rule}")


def _module(name: str) -> str:
    return name.replace("-", "_")


def _package(name: str) -> str:
    return name.replace("-", "")


def _python_path(module: str) -> str:
    return f"bench/workloads/{module.replace('.', '/')}.py"


def _go_program(
    benchmark_id: str,
    package: str,
    how: Instrument,
    arguments: dict[str, Scalar],
    files: tuple[str, ...],
    known: Benchmark | None = None,
) -> tuple[Edit, ...]:
    """Return the files of a Go program: the package with its test, or the command."""
    folder, name = f"go_examples/{package}", package.rpartition("/")[2]
    answer: Answer = known.check.answer if known else 0
    if how == "memory":
        return (Edit(f"{folder}/main.go", templates.go_command(name, arguments), new=True),)
    companion = known is not None and known.companion
    return (
        Edit(f"{folder}/{name}.go", templates.go_package(name, arguments, files, answer), new=True),
        Edit(f"{folder}/{name}_test.go", gotests.text([benchmark_id], package, companion=companion, prepares=False), new=True),
    )


def _usual_page(catalog: Catalog, section: str, how: str) -> str:
    """Return the page of the section's last benchmark, of those that are measured alike if there are any."""
    pages = [known.page for known in catalog.benchmarks if known.section == section]
    alike = [known.page for known in catalog.benchmarks if known.section == section and known.instrument == how]
    return (alike or pages)[-1]


def _check_page(root: Path, page: str) -> None:
    docs = root / "docs"
    pages = [path.relative_to(docs).with_suffix("").as_posix() for path in sorted(docs.glob("*/*.md"))]
    known = [one for one in pages if not one.startswith("decisions/")]
    if page not in known:
        raise SkeletonError(f"--page {page}: there is no docs/{page}.md; there are: {', '.join(known)}")


def _appended(root: Path, path: str, text: str) -> Edit:
    return Edit(path, f"{_read(root, path).rstrip()}\n\n{text}", new=False)


def _with_section(catalog: Catalog, root: Path, benchmark_id: str, page: str, how: Instrument) -> Edit:
    """Return a page with the section of a new benchmark behind those that it has; at its end, if it has none."""
    path = f"docs/{page}.md"
    text = _read(root, path)
    shown = [place for known in catalog.benchmarks if (place := text.find(f'{{{{ cite("{known.id}") }}}}')) >= 0]
    end = text.index("}}", max(shown)) + len("}}") if shown else len(text.rstrip())
    section = templates.section(benchmark_id, how)
    return Edit(path, f"{text[:end]}\n\n{section.rstrip()}{text[end:].rstrip()}\n", new=False)


def _with_ratio(root: Path, known: Benchmark, language: Language, name: str) -> Edit:
    """Return a page with a line for the result of a new variant: above the figure, in the list if there is one."""
    path = f"docs/{known.page}.md"
    text = _read(root, path)
    chart = text.find(f'{{{{ chart("{known.id}") }}}}')
    if chart < 0:
        raise SkeletonError(f'{path}: lacks {{{{ chart("{known.id}") }}}}, above which the result belongs')
    above = text[:chart].rstrip()
    in_list = above.rpartition("\n")[2].startswith("- ")
    line = f'- {MARK}: what is particular about it: {{{{ ratio("{known.id}", {language}="{name}") }}}}'
    return Edit(path, f"{above}{chr(10) if in_list else chr(10) * 2}{line}\n\n{text[chart:]}", new=False)


def _with_variant(root: Path, known: Benchmark, language: Language, table: str) -> Edit:
    """Return a section's file with one more table behind those of a benchmark's programs in a language."""
    path = f"bench/catalog/{known.section}.toml"
    lines = _read(root, path).splitlines()
    start = lines.index(f'id = "{known.id}"')
    end = next((place for place in range(start, len(lines)) if lines[place].startswith("[[")), len(lines))
    opened = [place for place in range(start, end) if lines[place].startswith(f"[benchmark.{language}.")]
    last = next((place for place in range(opened[-1] + 1, end) if not lines[place] or lines[place].startswith(("[", "#"))), end)
    return Edit(path, "\n".join([*lines[:last], *table.splitlines(), *lines[last:]]) + "\n", new=False)


def _with_server(root: Path, language: Language, entry: str) -> Edit:
    """Return web.toml with one more server behind those of its language."""
    path = "bench/catalog/web.toml"
    lines = _read(root, path).splitlines()
    last = max(place for place, line in enumerate(lines) if line == f'language = "{language}"')
    end = next(place for place in range(last, len(lines)) if lines[place].startswith(("[[", "# ---")))
    return Edit(path, "\n".join([*lines[:end], *entry.splitlines(), "", *lines[end:]]) + "\n", new=False)


def _with_framework(root: Path, language: Language, name: str) -> Edit:
    """Return the page of a language's frameworks with a section for a new one, before the code of all of them."""
    path = f"docs/ecosystem/{language}.md"
    before, heading, after = _read(root, path).partition("## The same endpoint in each")
    return Edit(path, f"{before}{templates.framework(name)}\n{heading}{after}", new=False)


def _copied(root: Path, floor: Server, folder: str, name: str) -> list[Edit]:
    """Return the files of a floor as those of a new server, with what is to be replaced in them."""
    edits = []
    for path in sorted((root / floor.folder).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            text = path.read_text(encoding="utf-8")
            target = f"{folder}/{path.relative_to(root / floor.folder).as_posix()}"
            edits.append(Edit(target, templates.of_server(target, text, name, floor.title), new=True))
    return edits


def _read(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")
