"""Reads bench/catalog/*.toml and reports every mistake in them at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from bench.catalog.catalog import Catalog
from bench.catalog.model import (
    DATABASE_ENDPOINTS,
    TAILS,
    Benchmark,
    Claim,
    Published,
    Record,
    SameLanguageRule,
    ScalingRule,
    Server,
)
from bench.catalog.reports import Report
from bench.catalog.wholes import Whole
from bench.workloads import inputs

ROOT = Path(__file__).resolve().parents[2]
KINDS = {
    "claims.toml": ("claim",),
    "published.toml": ("published",),
    "reports.toml": ("report",),
    "web.toml": ("server", "benchmark"),
    "wholes.toml": ("whole",),
}
"""File -> kinds of its entries, in this order; any other file has benchmarks."""
MODELS: Mapping[str, type[Record]] = {
    "benchmark": Benchmark,
    "claim": Claim,
    "published": Published,
    "report": Report,
    "server": Server,
    "whole": Whole,
}
"""Kind of entry -> its model."""
APART = {"mistakes.toml"}
"""Files that hold something else, and have a loader of their own."""
SECTIONS = ("execution", "memory", "concurrency", "web", "services")
"""The order of the article; further files come after these, by name."""
Entry = TypeVar("Entry", bound=Record)


class CatalogError(Exception):
    """The catalog is wrong: one line per mistake, each with file, entry and key."""

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(self.mistakes))


def load_catalog(root: Path = ROOT) -> Catalog:
    """Load the catalog of the project at `root`.

    Raises:
        CatalogError: with all mistakes of all files.
    """
    catalog, mistakes = read_catalog(root)
    if mistakes:
        raise CatalogError(mistakes)
    return catalog


def read_catalog(root: Path) -> tuple[Catalog, tuple[str, ...]]:
    """Return the valid entries of the catalog of the project at `root`, and the mistakes of all files."""
    mistakes: list[str] = []
    read: list[Record] = []
    origin: dict[str, str] = {}
    whole = True
    for path in sorted((root / "bench" / "catalog").glob("*.toml"), key=_order):
        if path.name in APART:
            continue
        file = path.relative_to(root).as_posix()
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            mistakes.append(f"{file}: not valid TOML: {error}")
            whole = False
            continue
        kinds = KINDS.get(path.name, ("benchmark",))
        mistakes += [
            f"{file}: {key}: unknown key; a file holds [[{kinds[-1]}]] entries only" for key in table if key not in kinds
        ]
        for kind in kinds:
            entries = table.get(kind, [])
            if not isinstance(entries, list):
                mistakes.append(f"{file}: {kind}: must be an array of tables, written [[{kind}]]")
                continue
            if kind == "benchmark":
                entries = [_with_servers(entry, _of(Server, read)) for entry in entries]
            read += _entries(MODELS[kind], entries, file, origin, mistakes)
    catalog = Catalog(
        benchmarks=_of(Benchmark, read),
        claims=_of(Claim, read),
        servers=_of(Server, read),
        published=_of(Published, read),
        reports=_of(Report, read),
        wholes=_of(Whole, read),
    )
    known_claims = {claim.id for claim in catalog.claims}
    for benchmark in catalog.benchmarks:
        mistakes += _missing(benchmark, origin[benchmark.id], known_claims, root)
    if whole:  # or else what is named may stand in a file that could not be read
        mistakes += _unknown(catalog, origin)
    return catalog, tuple(mistakes)


def _of(model: type[Entry], entries: Iterable[Record]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if isinstance(entry, model))


def _unknown(catalog: Catalog, origin: Mapping[str, str]) -> Iterator[str]:
    """Yield a mistake for everything that an entry names of other entries and that does not exist."""
    by_id = {benchmark.id: benchmark for benchmark in catalog.benchmarks}
    for claim in catalog.claims:
        yield from _unknown_benchmarks(claim, origin, by_id)
        yield from _unknown_servers(claim, origin[claim.id], catalog.servers)
    for server in catalog.servers:
        yield from _unknown_namesakes(server, origin[server.name], catalog.servers)
    for entry in catalog.published:
        yield from _unknown_counterpart(entry, origin, by_id)
    for report in catalog.reports:
        yield from _unknown_counterparts(report, origin, by_id)
    for whole in catalog.wholes:
        yield from _unknown_parts(whole, origin, by_id)


def _order(path: Path) -> tuple[int, str]:
    """Return the sort key of a file: the article's order."""
    return SECTIONS.index(path.stem) if path.stem in SECTIONS else len(SECTIONS), path.name


def _entries(model: type[Entry], tables: list[object], file: str, origin: dict[str, str], mistakes: list[str]) -> Iterator[Entry]:
    """Yield the valid entries of one file; the mistakes of the others are added to `mistakes`."""
    for number, table in enumerate(tables, 1):
        declared = table.get("id", table.get("name")) if isinstance(table, Mapping) else None
        name = declared if isinstance(declared, str) else f"entry {number}"
        if name in origin:
            mistakes.append(f"{file}: {name}: id: already used in {origin[name]}")
            continue
        if declared == name:
            origin[name] = file
        try:
            yield model.model_validate(table)
        except ValidationError as error:
            messages_of: dict[str, list[str]] = {}
            for detail in error.errors():
                key = ".".join(map(str, detail["loc"])) if detail["type"] == "missing" else _key(detail["loc"], table)
                message = "unknown key" if detail["type"] == "extra_forbidden" else detail["msg"]
                messages_of.setdefault(key, []).append(message)
            mistakes += [f"{file}: {name}: {key}: {'; or: '.join(messages)}" for key, messages in messages_of.items()]


def _with_servers(entry: object, servers: Iterable[Server]) -> object:
    """Return an entry with the servers as its programs, if its instrument is http and it names no programs of its own.

    Those that vary the data access of another are none where the database is not queried, and none of a latency curve. A
    framework's alternative server is none where what is around a server is measured: the way to the database, or a quota.
    """
    if not isinstance(entry, Mapping) or entry.get("instrument") != "http" or "python" in entry:
        return entry
    programs: dict[str, dict[str, object]] = {"python": {}, "go": {}}
    asked = entry.get("input") or {}
    endpoint, around = str(asked.get("endpoint")), asked.keys() & {"distance", "quota"}
    queried = endpoint in DATABASE_ENDPOINTS
    for server in servers:
        if server.varies and (not queried or entry.get("metric") in TAILS):
            continue
        if server.alternative and around:
            continue
        why = server.lacking(endpoint, str(entry.get("id")).partition("/")[2])
        lacks = {"lacks": why} if why else {}
        access = {"access": server.access} if queried else {}
        programs[server.language][server.name] = server.program | lacks | access
    return {**entry, **programs}


def _key(location: Iterable[str | int], table: object) -> str:
    """Return the key of a mistake: `location` as far as the entry has it, without the types that pydantic tried there.

    Of arrays those of tables count, whose entries are numbered from 0.
    """
    parts: list[str] = []
    for part in location:
        table = _within(table, part)
        if table is None:
            break
        parts.append(str(part))
    return ".".join(parts) or "entry"


def _within(table: object, part: str | int) -> object | None:
    """Return what a table has at a key, or an array of tables at a number; None where that is neither."""
    if isinstance(table, Mapping):
        return table.get(part)
    return table[part] if isinstance(table, list) and isinstance(part, int) and isinstance(table[part], Mapping) else None


def _missing(benchmark: Benchmark, file: str, known_claims: set[str], root: Path) -> Iterator[str]:
    """Yield a mistake for everything the entry names that does not exist."""
    where = f"{file}: {benchmark.id}"
    if benchmark.section != Path(file).stem:
        yield f"{where}: id: belongs in {benchmark.section}.toml"
    for tier, python in benchmark.python.items():
        if not (root / python.path).is_file():
            yield f"{where}: python.{tier}.module: there is no {python.path}"
    for go_tier, go in benchmark.go.items():
        if not any((root / go.path).glob("*.go")):
            yield f"{where}: go.{go_tier}.package: there is no Go file in {go.path}"
    yield from _misplaced(benchmark, where)
    if benchmark.headline.python not in benchmark.python:
        yield f"{where}: headline.python: there is no implementation {benchmark.headline.python!r}"
    if benchmark.headline.go not in benchmark.go:
        yield f"{where}: headline.go: there is no implementation {benchmark.headline.go!r}"
    for claim in benchmark.claims:
        if claim not in known_claims:
            yield f"{where}: claims: unknown claim {claim!r}"
    if benchmark.claims and not benchmark.overview:
        yield f"{where}: claims: belong to an entry that overviews have, and to no other"
    yield from _without_bytes(benchmark, where)
    arguments = benchmark.input.keys() | benchmark.files.keys() | ({"count"} if benchmark.counts else set())
    if arguments != benchmark.check.input.keys() | benchmark.check.files.keys():
        yield f"{where}: check: its arguments are not those of input and files"


def _without_bytes(benchmark: Benchmark, where: str) -> Iterator[str]:
    """Yield a mistake for every input file that nothing makes, or of which it is not known what it holds."""
    for key, part in (("", benchmark), ("check.", benchmark.check)):
        named = [(f"{key}files.{argument}", name) for argument, name in part.files.items()]
        named += [(f"{key}input.{argument}", str(part.input.get(argument))) for argument in benchmark.paths]
        for argument, name in named:
            if name not in inputs.GENERATORS:
                yield f"{where}: {argument}: bench/workloads/inputs.py makes no {name!r}"
            elif name not in inputs.DIGESTS:
                line = inputs.line_of(name, inputs.GENERATORS[name]())
                yield f"{where}: {argument}: bench/workloads/inputs.sha256 has no line for it: {line}"


def _misplaced(benchmark: Benchmark, where: str) -> Iterator[str]:
    """Yield a mistake for every key that the entry's instrument requires and that is missing, or that does not belong to it."""
    if (benchmark.action is None) == (benchmark.instrument == "command"):
        yield f"{where}: action: belongs to an entry whose instrument is command, and to no other"
    if (benchmark.metric is None) == (benchmark.instrument in ("memory", "observe", "http", "queue")):
        yield f"{where}: metric: belongs to an entry whose instrument is memory, observe, http or queue, and to no other"
    for variant, program in benchmark.go.items():
        if program.environment and benchmark.instrument in ("command", "http", "queue"):
            yield f"{where}: go.{variant}.environment: belongs to an entry whose instrument is time, memory or observe"
    for variant, python in benchmark.python.items():
        if python.extension and benchmark.instrument != "time" and benchmark.action != "compile":
            yield f"{where}: python.{variant}.extension: belongs to an entry whose instrument is time, or whose action is compile"
    if benchmark.quick and benchmark.on_demand:
        yield f"{where}: quick: `make site` does not install what {' and '.join(benchmark.required)} need: write quick = false"
    if (benchmark.metric == "slope") != (len(set(benchmark.counts)) > 1):
        yield f"{where}: counts: at least two belong to an entry whose metric is slope, and none to another"


def _unknown_benchmarks(claim: Claim, origin: Mapping[str, str], benchmarks: Mapping[str, Benchmark]) -> Iterator[str]:
    """Yield a mistake for every benchmark that a claim's rule names and that does not exist, or lacks the variant.

    `origin` has the ids of entries that are not valid as well: what is wrong with those has been said.
    """
    file = origin[claim.id]
    if not isinstance(claim.rule, ScalingRule):
        return
    for key, name in (("one", claim.rule.one), ("many", claim.rule.many)):
        if name not in origin:
            yield f"{file}: {claim.id}: rule.{key}: there is no benchmark {name!r}"
        elif name not in benchmarks:
            continue
        elif claim.rule.variant not in benchmarks[name].python:
            yield f"{file}: {claim.id}: rule.variant: {name} has no Python program {claim.rule.variant!r}"


def _unknown_servers(claim: Claim, file: str, servers: Iterable[Server]) -> Iterator[str]:
    """Yield a mistake for every server that a claim's rule names and that does not exist."""
    if not isinstance(claim.rule, SameLanguageRule):
        return
    language, _, program = claim.rule.program.partition("/")
    known = {server.name for server in servers if server.language == language}
    for key, names in (("program", (program,)), ("rivals", claim.rule.rivals)):
        for name in names:
            if name not in known:
                yield f"{file}: {claim.id}: rule.{key}: there is no server {name!r} in {language}"


def _unknown_namesakes(server: Server, file: str, servers: Iterable[Server]) -> Iterator[str]:
    """Yield a mistake where the server that another one names does not exist."""
    known = {one.name for one in servers if one.language == server.language}
    for key, name in (("varies", server.varies), ("alternative", server.alternative)):
        if name is not None and name not in known:
            yield f"{file}: {server.name}: {key}: there is no server {name!r} in {server.language}"


def _unknown_counterpart(entry: Published, origin: Mapping[str, str], benchmarks: Mapping[str, Benchmark]) -> Iterator[str]:
    """Yield a mistake where the benchmark that a published comparison is set beside does not exist, or lacks a program."""
    where = f"{origin[entry.id]}: {entry.id}: "
    if entry.benchmark is not None:
        programs = [("python", ratio.python) for ratio in entry.ratios] + [("go", ratio.go) for ratio in entry.ratios]
        yield from _unknown_programs(where, entry.benchmark, dict.fromkeys(programs), origin, benchmarks)


def _unknown_counterparts(report: Report, origin: Mapping[str, str], benchmarks: Mapping[str, Benchmark]) -> Iterator[str]:
    """Yield a mistake for each metric of a report whose counterpart does not exist, or lacks a program."""
    for number, metric in enumerate(report.metric):
        if metric.ours is not None:
            where = f"{origin[report.id]}: {report.id}: metric.{number}.ours."
            programs = (("python", metric.ours.python), ("go", metric.ours.go))
            yield from _unknown_programs(where, metric.ours.benchmark, programs, origin, benchmarks)


def _unknown_parts(whole: Whole, origin: Mapping[str, str], benchmarks: Mapping[str, Benchmark]) -> Iterator[str]:
    """Yield a mistake for each benchmark of a whole that does not exist, or is no web server under load.

    `origin` has the ids of entries that are not valid as well: what is wrong with those has been said.
    """
    where = f"{origin[whole.id]}: {whole.id}"
    for key, name in (
        ("benchmark", whole.benchmark),
        *((f"part.{n}.benchmark", part.benchmark) for n, part in enumerate(whole.part)),
    ):
        if name not in origin:
            yield f"{where}: {key}: there is no benchmark {name!r}"
        elif name in benchmarks and benchmarks[name].instrument != "http":
            yield f"{where}: {key}: {name} is no web server under load"


def _unknown_programs(
    where: str,
    name: str,
    programs: Iterable[tuple[str, str]],
    origin: Mapping[str, str],
    benchmarks: Mapping[str, Benchmark],
) -> Iterator[str]:
    """Yield a mistake for a benchmark that does not exist, or for each of the programs that it lacks.

    `origin` has the ids of entries that are not valid as well: what is wrong with those has been said.
    """
    if name not in benchmarks:
        if name not in origin:
            yield f"{where}benchmark: there is no benchmark {name!r}"
        return
    known = {"python": tuple(benchmarks[name].python), "go": tuple(benchmarks[name].go)}
    for language, program in programs:
        if program not in known[language]:
            yield f"{where}{language}: {name} has no {language.capitalize()} program {program!r}"
