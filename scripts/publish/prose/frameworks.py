"""The web frameworks: facts of each, the results of its servers, and their code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import indent

from bench.catalog import Benchmark
from bench.catalog.model import Server
from scripts.publish.facts.data import SiteData
from scripts.publish.facts.measured import Measured
from scripts.publish.facts.phases import START, phases, shortened
from scripts.publish.style import wording
from scripts.publish.style.addresses import Address
from scripts.publish.style.escape import Markdown, markdown
from scripts.publish.tables import tables

WEIGHED = "web/json"
"""The benchmark whose readings at the start have the dependencies and their size."""
LANGUAGES = ("python", "go")


def facts(site: SiteData, here: Address, name: str) -> Markdown:
    """Return version, age, licence, weight, settings and source of a framework, a column for each of its servers.

    Raises:
        KeyError: there is no such framework.
    """
    servers = [server for server in site.catalog.servers if server.framework == name]
    if not servers:
        known = ", ".join(dict.fromkeys(server.framework for server in site.catalog.servers))
        raise KeyError(f"no framework {name!r} in bench/catalog/web.toml; there are: {known}")
    measured = site.published.get(WEIGHED)
    facts = (
        ("Measured version", [_version(measured, server) for server in servers]),
        ("Released", [wording.day(server.released) for server in servers]),
        ("First release", [_first(measured, server) for server in servers]),
        ("Licence", [server.licence for server in servers]),
        ("Dependencies", [_dependencies(site, server) for server in servers]),
        ("Installed", [_installed(site, server) for server in servers]),
        ("Set as in production", ["; ".join(server.settings) for server in servers]),
        ("Source", [Markdown(f"[`{server.folder}`]({here.in_repository(server.folder)})") for server in servers]),
    )
    return tables.markdown(("", *(server.title for server in servers)), [(name, *cells) for name, cells in facts])


def ratios(site: SiteData, benchmark_id: str) -> Markdown:
    """Return the result of each of Python's servers that has the endpoint, as a list: the headline's first.

    Each is set beside the server in Go that queries the database as it does: an ORM beside an ORM.

    Raises:
        KeyError: there is no such benchmark, or its programs are no web servers.
    """
    benchmark = site.catalog.benchmark(benchmark_id)
    if benchmark.instrument != "http":
        raise KeyError(f"{benchmark_id}: its programs are no web servers; use ratio")
    names = sorted(benchmark.python, key=lambda name: name != benchmark.headline.python)
    return Markdown("\n".join(_beside(site, benchmark, name) for name in names if not benchmark.python[name].lacks))


def _beside(site: SiteData, benchmark: Benchmark, python: str) -> str:
    go = benchmark.counterparts(python)[0]
    both = f"{benchmark.python[python].title or python} beside {benchmark.go[go].title or go}"
    return f"- {markdown(both)}: {markdown(wording.result(site.ratio(benchmark.id, python, go), benchmark.unit))}"


def handlers(site: SiteData, here: Address, endpoint: str, language: str | None) -> Markdown:
    """Return the code of one endpoint in linked tabs, one for each server; one tab where servers share a file.

    Raises:
        KeyError: there is no such language, or a server has no such code.
    """
    if language not in (None, *LANGUAGES):
        raise KeyError(f"no language {language!r}; there are: {', '.join(LANGUAGES)}")
    servers = [server for server in site.catalog.servers if language in (None, server.language)]
    files: dict[str, str] = {}
    for server in servers:
        if server.lacking(endpoint) is None:
            files.setdefault(_file(site, server, endpoint), server.title)
    lacking = dict.fromkeys(why for server in servers if (why := server.lacking(endpoint)))
    tabs = [_tab(here, path, title, endpoint) for path, title in files.items()]
    return Markdown("\n\n".join([*tabs, *(f"{why}." for why in lacking)]))


def _file(site: SiteData, server: Server, endpoint: str) -> str:
    """Return the path of the file that has a server's code of an endpoint between its marks: its own module if that has it."""
    folder = site.root / server.folder
    own = [site.root / "bench" / "workloads" / f"{server.module.replace('.', '/')}.py"] if server.module else []
    mark = f"--8<-- [start:{endpoint}]"
    for path in (*own, *_sources(site, server)):
        if path.is_file() and mark in path.read_text(encoding="utf-8"):
            return path.relative_to(site.root).as_posix()
    raise KeyError(f"{server.name}: no file in {folder.relative_to(site.root).as_posix()} has {mark!r}")


def _sources(site: SiteData, server: Server) -> Sequence[Path]:
    kind = "*.py" if server.language == "python" else "*.go"
    paths = sorted((site.root / server.folder).rglob(kind))
    return [path for path in paths if not path.name.endswith("_test.go")]


def _tab(here: Address, path: str, title: str, endpoint: str) -> str:
    language = "go" if path.endswith(".go") else "python"
    body = f'[`{path}`]({here.in_repository(path)})\n\n```{language}\n--8<-- "{path}:{endpoint}"\n```'
    return f'=== "{title}"\n\n{indent(body, "    ")}'


def _version(measured: Measured | None, server: Server) -> str:
    """Say which version was measured; of a server that is the standard library's, Go's."""
    if measured is None:
        return wording.NOT_MEASURED
    run = measured.run
    if server.library is None:
        return f"Go {run.go.version.removeprefix('go')}"
    versions = run.pythons[0].packages if server.language == "python" else run.go.modules
    version = versions.get(server.library)
    return f"{server.library} {version}" if version else wording.NOT_MEASURED


def _first(measured: Measured | None, server: Server) -> str:
    if measured is None:
        return str(server.first)
    years = measured.run.started.year - server.first
    return f"{server.first}, {wording.count(years, 'year')} before the measurement"


def _dependencies(site: SiteData, server: Server) -> str:
    noun = "distribution" if server.language == "python" else "module"
    start = phases(site, site.catalog.benchmark(WEIGHED), server).get(START)
    if start is None:
        return wording.NOT_MEASURED
    return shortened(start.reason) if start.reason else wording.count(round(start.metrics["dependencies"][0]), noun)


def _installed(site: SiteData, server: Server) -> str:
    """Say how much the distributions take on disk, or Go's binary."""
    start = phases(site, site.catalog.benchmark(WEIGHED), server).get(START)
    if start is None:
        return wording.NOT_MEASURED
    if start.reason:
        return shortened(start.reason)
    return f"{wording.alone(*start.metrics['installed'], 'byte')}{'' if server.language == 'python' else ', the binary'}"
