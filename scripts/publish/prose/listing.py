"""The measured programs on a page: the files themselves, included when the page is built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import indent

from bench.catalog import Benchmark
from bench.catalog.model import GoImplementation, PythonImplementation
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.rows import variants
from scripts.publish.facts.sources import written
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown


def files(benchmark: Benchmark) -> tuple[tuple[str, str], ...]:
    """Return (name of the program, path of its file or folder) of every implementation, Python first."""
    return tuple((title, path) for title, _, path in _programs(benchmark))


def tabs(site: SiteData, here: Address, benchmark_id: str) -> Markdown:
    """Return one tab for each program of a benchmark, with its files and links to them, and to what these import of the project.

    A tab is named by language and tier, so that choosing one chooses it in every benchmark of the page.
    """
    benchmark = site.catalog.benchmark(benchmark_id)
    parts = []
    for title, program, path in _programs(benchmark):
        shown = [path] if path.endswith(".py") else _go_files(site, path)
        needed = [file.relative_to(site.root).as_posix() for file in written(benchmark, program, site.root)]
        imported = _imported(here, [file for file in needed if file not in shown])
        body = "\n\n".join([*(_source(here, source) for source in shown), *imported])
        parts.append(f'=== "{title}"\n\n{indent(body, "    ")}')
    return Markdown("\n\n".join(parts))


def concept(site: SiteData, here: Address, name: str) -> Markdown:
    """Return one tab for each language with its program of a concept: "zero-values".

    Raises:
        KeyError: there is no such concept.
    """
    python, go = f"bench/workloads/concepts/{name.replace('-', '_')}.py", f"go_examples/concepts/{name.replace('-', '')}.go"
    for path in (python, go):
        if not (site.root / path).is_file():
            raise KeyError(f"no concept {name!r}: there is no {path}")
    return Markdown(
        "\n\n".join(f'=== "{title}"\n\n{indent(_source(here, path), "    ")}' for title, path in (("Python", python), ("Go", go)))
    )


def _programs(benchmark: Benchmark) -> tuple[tuple[str, str, str], ...]:
    """Return (name of the program, "python/<variant>" or "go/<variant>", path) of every implementation, Python first."""
    return (*_paths("Python", benchmark.python), *_paths("Go", benchmark.go))


def _paths(language: str, programs: Mapping[str, PythonImplementation | GoImplementation]) -> Iterator[tuple[str, str, str]]:
    for variant in variants(programs):
        title = programs[variant].title or f"{language}, {variant.replace('-', ' ')}"
        yield title, f"{language.lower()}/{variant}", programs[variant].path


def _go_files(site: SiteData, folder: str) -> list[str]:
    """Return a package's files without its tests; a template in place of the Go code that templ has made of it."""
    files = sorted(file for file in (site.root / folder).iterdir() if file.suffix in (".go", ".templ"))
    return [file.relative_to(site.root).as_posix() for file in files if not file.name.endswith(("_test.go", "_templ.go"))]


def _source(here: Address, path: str) -> str:
    language = "python" if path.endswith(".py") else "go"
    return f'{_link(here, path)}\n\n```{language}\n--8<-- "{path}"\n```'


def _imported(here: Address, paths: Sequence[str]) -> list[str]:
    """Return a line that links to the project's files which a program imports, the harness apart; none where there are none."""
    return [f"It imports {', '.join(_link(here, path) for path in paths)}."] if paths else []


def _link(here: Address, path: str) -> str:
    return f"[`{path}`]({here.in_repository(path)})"
