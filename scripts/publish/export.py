"""Writes what pages show and link to, below docs/data: figures, their data, the runs, the schemas and an index.

It runs before mkdocs, because a page build that writes into docs/ fails the first time and passes the second.
"""

from __future__ import annotations

import contextlib
import csv
import gzip
import hashlib
import importlib.metadata
import io
import json
import multiprocessing
import shutil
import signal
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.analyse import history
from bench.catalog import Catalog
from bench.records.files import ResultError
from bench.records.run import BenchmarkResult, Run
from bench.records.store import result_name
from scripts.publish.facts.analysis import CACHE
from scripts.publish.facts.data import SiteData, load
from scripts.publish.facts.rows import RatioRow
from scripts.publish.figures.figures import Figure, figure, names
from scripts.publish.style.addresses import INDEX, OLD_SCHEMAS, RUNS, SCHEMAS, figure_file, run_file
from scripts.publish.style.wording import Unit
from scripts.publish.tables import tables

DATA = "data"
FROZEN_SCHEMAS = Path("bench") / "records" / "schema_1"
STAMPS = Path("build") / "figures.json"
"""What each figure was drawn from, so that an unchanged one is not drawn again."""
DRAWN_BY = ("style", "facts", "figures", "tables")
"""The rooms whose code draws."""
DRAWN_OF_AN_ENTRY = {"title", "page", "headline", "python", "go"}
"""What a drawing shows of a catalog entry, beside numbers and label: names, tiers, and under which heading."""
RENDERERS = ("altair", "vl-convert-python", "pillow", "oxipng-pybind")
MANY = 32
"""Number of figures from which drawing in several processes is worth starting them."""


def export(root: Path, results: Path) -> SiteData:
    """Bring docs/data up to date: write what changed, remove what is no longer made. Return what pages may show.

    Raises:
        CatalogError: the catalog is wrong.
        ResultError: a result file cannot be used, or a file cannot be written, as on a full disk; the message names it.
    """
    site = load(root, results, root / CACHE)
    docs = root / "docs"
    written: set[str] = set()
    for name, content in _documents(site):
        _write(_below(docs, name), content)
        written.add(name)
    written |= _figures(site, docs, root / STAMPS)
    _remove_others(docs, written)
    return site


def add_raw_data(site: SiteData, before: Path, built: Path) -> None:
    """Bring the files of every run into a built site: from the site before it, if they were packed of the same, or else packed.

    They are never changed, and there are many of them: so mkdocs does not see them.

    Raises:
        ResultError: a file cannot be written.
    """
    try:
        (built / RUNS).mkdir(parents=True)
        for stored in site.runs:
            names = ["run.json", *(result_name(benchmark) for benchmark in stored.results)]
            files = [stored.folder / name for name in names if (stored.folder / name).is_file()]
            sources = {Path(run_file(stored.run.id, file.name)).name: file for file in files}
            kept, folder = _below(before, run_file(stored.run.id)).parent, _below(built, run_file(stored.run.id)).parent
            if kept.is_dir() and _times({file.name: file for file in kept.iterdir()}) == _times(sources):
                kept.replace(folder)
            else:
                folder.mkdir()
                for name, file in sources.items():
                    _pack(file, folder / name)
    except OSError as error:
        raise ResultError(f"{error.filename2 or error.filename}: could not be written: {error.strerror}") from error


def _pack(file: Path, packed: Path) -> None:
    """Copy a file with its time; packed, where its copy's name says so: into the same bytes each time."""
    content = file.read_bytes()
    packed.write_bytes(gzip.compress(content, mtime=0) if packed.suffix == ".gz" else content)
    shutil.copystat(file, packed)


def _times(files: Mapping[str, Path]) -> dict[str, int]:
    """Return when each file was written, by the name that it is given."""
    return {name: file.stat().st_mtime_ns for name, file in files.items()}


def index(site: SiteData) -> dict[str, Any]:
    """Return the index of all results: every published ratio, and where its data is."""
    return {
        "benchmarks": [_entry(site, benchmark.id) for benchmark in site.catalog.benchmarks],
        "runs": [
            {
                "id": stored.run.id,
                "started": stored.run.started.isoformat(),
                "profile": stored.run.plan.profile,
                "file": run_file(stored.run.id),
            }
            for stored in site.runs
        ],
    }


def _entry(site: SiteData, benchmark_id: str) -> dict[str, Any]:
    benchmark = site.catalog.benchmark(benchmark_id)
    measured, second = site.published.get(benchmark_id), site.confirmations.get(benchmark_id)
    columns, rows = tables.records(figure(site, benchmark_id), benchmark.unit)
    return {
        "id": benchmark_id,
        "title": benchmark.title,
        "page": f"{benchmark.page}/#{benchmark.name}",
        "run": measured.run.id if measured else None,
        "file": run_file(measured.run.id, measured.file.name) if measured else None,
        "confirmed_by": second.run if second and second.state == "confirmed" else None,
        "confirmation": second.model_dump(mode="json") | {"band": history.band(benchmark)} if second else None,
        "programs": [dict(zip(columns, row, strict=True)) for row in rows],
        "ratios": [_ratio(ratio.model_dump(mode="json"), publishable=ratio.publishable) for ratio in measured.estimate.ratios]
        if measured
        else [],
    }


def _ratio(record: dict[str, Any], *, publishable: bool) -> dict[str, Any]:
    """Return a ratio as the index has it: what may not be published has no numbers, only flags."""
    kept = ("python", "go", "pairs", "voided", "flags") if not publishable else tuple(record)
    return {"publishable": publishable, **{key: record[key] for key in kept}}


def _documents(site: SiteData) -> Iterator[tuple[str, bytes]]:
    """Yield path below docs/ and content of everything but the drawings."""
    yield INDEX, _json(index(site))
    for name, model in (("run", Run), ("result", BenchmarkResult), ("catalog", Catalog)):
        yield f"{SCHEMAS}/{name}.json", _json(model.model_json_schema(mode="serialization"))
    for name in OLD_SCHEMAS:
        yield f"{SCHEMAS}/1/{name}.json", (site.root / FROZEN_SCHEMAS / f"{name}.json").read_bytes()


def _figures(site: SiteData, docs: Path, stamps: Path) -> set[str]:
    """Write the files of every figure, drawing those that are not as they were; return their paths below docs/."""
    known = json.loads(stamps.read_text(encoding="utf-8")) if stamps.is_file() else {}
    code = _code()
    shown_as: dict[str, str] = {}
    stale: list[tuple[Figure, Unit, Path]] = []
    written: set[str] = set()
    for name in names(site):
        shown = figure(site, name)
        unit = site.catalog.benchmark(shown.benchmark).unit if shown.benchmark else "second"
        numbers = _csv(shown, unit)
        paths = [_below(docs, figure_file(shown.stem, suffix)) for suffix in ("svg", "png", "csv", "vl.json")]
        written.update(path.relative_to(docs).as_posix() for path in paths)
        _write(paths[2], numbers)
        shown_as[name] = _digest_of(site, shown, unit, numbers, code)
        if known.get(name) != shown_as[name] or not all(path.is_file() for path in paths):
            stale.append((_alone(shown), unit, paths[0].with_suffix("")))
    _draw_all(stale)
    _write(stamps, _json(shown_as))
    return written


def _code() -> bytes:
    """Return what tells which code draws: the rooms from wording to tables, and the libraries that render."""
    rooms = Path(__file__).parent
    files = sorted(path for room in DRAWN_BY for path in (rooms / room).glob("*.py"))
    versions = " ".join(f"{name} {importlib.metadata.version(name)}" for name in RENDERERS)
    return hashlib.sha256(versions.encode() + b"".join(path.read_bytes() for path in files)).digest()


def _digest_of(site: SiteData, shown: Figure, unit: Unit, numbers: bytes, code: bytes) -> str:
    """Return the digest of all that a figure's drawing depends on."""
    entries = {row.benchmark.id: row.benchmark for row in shown.rows if isinstance(row, RatioRow)}
    if shown.benchmark:
        entries[shown.benchmark] = site.catalog.benchmark(shown.benchmark)
    texts = (unit, shown.title, shown.direction, shown.key, shown.sample, shown.comparative, shown.label, shown.plane)
    servers = ((point.server.title, point.server.language, point.server.tier) for point in shown.points)
    programs = (entry.model_dump_json(include=DRAWN_OF_AN_ENTRY) for entry in entries.values())
    about = "\n".join((*map(repr, texts), *map(repr, servers), *programs))
    return hashlib.sha256(b"\n".join((code, numbers, about.encode()))).hexdigest()


def _alone(shown: Figure) -> Figure:
    """Return a figure without the runs that its rows come from, which a drawing does not need and a process would be sent."""
    rows = tuple(replace(row, measured=None) for row in shown.rows if isinstance(row, RatioRow))
    return replace(shown, rows=rows or shown.rows)


def _draw_all(stale: Sequence[tuple[Figure, Unit, Path]]) -> None:
    """Draw these figures; many of them in processes, since drawing holds the interpreter's lock."""
    if len(stale) < MANY:
        for task in stale:
            _draw(*task)
        return
    left_to_us = (signal.SIGINT, signal.SIG_IGN)
    with ProcessPoolExecutor(None, multiprocessing.get_context("spawn"), signal.signal, left_to_us) as pool:
        list(pool.map(_draw, *zip(*stale, strict=True), chunksize=MANY // 4))


def _draw(shown: Figure, unit: Unit, path: Path) -> None:
    """Write a figure's specification, and its SVG and PNG beside it."""
    from altair.utils.schemapi import debug_mode  # noqa: PLC0415  Altair takes a second to import

    from scripts.publish.figures import drawing  # noqa: PLC0415  likewise

    with debug_mode(False):  # noqa: FBT003  its name says what is off: each part is checked as it is made in the tests alone
        specification = drawing.specification(shown, unit)
    picture = drawing.svg(specification, shown.label)
    _write(path.with_suffix(".vl.json"), _json(specification))
    _write(path.with_suffix(".svg"), picture.encode())
    _write(path.with_suffix(".png"), drawing.png(picture))


def _csv(shown: Figure, unit: Unit) -> bytes:
    columns, rows = tables.records(shown, unit)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def _json(content: object) -> bytes:
    return (json.dumps(content, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


def _below(docs: Path, name: str) -> Path:
    """Return the path of a file below docs/data; refuse one that leads out of it, by its name or by a symbolic link."""
    path = docs / name
    if not path.parent.resolve().is_relative_to((docs / DATA).resolve()):
        raise ResultError(f"{path}: leads out of {docs / DATA}, where everything that is exported belongs; nothing was written")
    return path


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, unless it has that content already; raise ResultError where it cannot be written."""
    beside = path.with_name(f".{path.name}.part")
    try:
        if path.is_file() and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise ResultError(f"{path}: could not be written: {error.strerror}") from error


def _remove_others(docs: Path, written: set[str]) -> None:
    """Remove what is below docs/data and no longer written; raise ResultError where that cannot be."""
    for path in sorted((docs / DATA).rglob("*"), reverse=True):
        try:
            if path.is_dir() and not path.is_symlink():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path.relative_to(docs).as_posix() not in written:
                path.unlink()
        except OSError as error:
            raise ResultError(f"{path}: could not be removed: {error.strerror}") from error
