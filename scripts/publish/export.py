"""Writes what pages show and link to, below docs/data: figures, their data, the runs, the schemas and an index.

It runs before mkdocs, because a page build that writes into docs/ fails the first time and passes the second.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import multiprocessing
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from bench.catalog.model import Catalog
from bench.records.files import ResultError
from bench.records.run import BenchmarkResult, Run
from bench.records.store import SetAside, StoredRun
from scripts.publish.facts.data import SiteData, load
from scripts.publish.figures import drawing, slimming
from scripts.publish.figures.figures import Figure, figure, names
from scripts.publish.style import escape
from scripts.publish.style.addresses import INDEX, OLD_SCHEMAS, SCHEMAS, figure_file, run_file
from scripts.publish.style.wording import Unit
from scripts.publish.tables import tables

DATA = "data"
FROZEN_SCHEMAS = Path("bench") / "records" / "schema_1"
STAMPS = Path("build") / "figures.json"
"""Which drawing each figure file was made from, so that an unchanged one is not drawn again."""
MANY = 32
"""Number of figures from which drawing in several processes is worth starting them."""


def export(root: Path, results: Path) -> tuple[SetAside, ...]:
    """Bring docs/data up to date: write what changed, remove what is no longer made. Return the runs that were set aside.

    Raises:
        CatalogError: the catalog is wrong.
        ResultError: a result file cannot be used, or a file cannot be written, as on a full disk; the message names it.
    """
    site = load(root, results)
    docs = root / "docs"
    written: set[str] = set()
    for name, content in _documents(site):
        _write(_below(docs, name), content)
        written.add(name)
    written |= _figures(site, docs, root / STAMPS)
    _remove_others(docs, written)
    return site.set_aside


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
    measured = site.published.get(benchmark_id)
    columns, rows = tables.records(figure(site, benchmark_id), benchmark.unit)
    return {
        "id": benchmark_id,
        "title": benchmark.title,
        "page": f"{benchmark.page}/#{benchmark.name}",
        "run": measured.run.id if measured else None,
        "file": run_file(measured.run.id, measured.file.name) if measured else None,
        "confirmed_by": site.confirmations.get(benchmark_id),
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
    for stored in site.runs:
        yield from _run(stored)


def _run(stored: StoredRun) -> Iterator[tuple[str, bytes]]:
    for path in (stored.folder / "run.json", *sorted(stored.folder.glob("*--*.json"))):
        yield run_file(stored.run.id, path.name), path.read_bytes()


def _figures(site: SiteData, docs: Path, stamps: Path) -> set[str]:
    """Write the files of every figure; return their paths below docs/."""
    code = b"".join(Path(str(module.__file__)).read_bytes() for module in (drawing, slimming, escape))
    known = json.loads(stamps.read_text(encoding="utf-8")) if stamps.is_file() else {}
    drawn: dict[str, str] = {}
    written: set[str] = set()
    stale: list[tuple[Path, bytes, str]] = []
    for name in names(site):
        shown = figure(site, name)
        unit = site.catalog.benchmark(shown.benchmark).unit if shown.benchmark else "second"
        specification = _json(drawing.specification(shown, unit))
        paths = {suffix: figure_file(shown.stem, suffix) for suffix in ("svg", "png", "csv", "vl.json")}
        written |= set(paths.values())
        _write(_below(docs, paths["csv"]), _csv(shown, unit))
        _write(_below(docs, paths["vl.json"]), specification)
        drawn[name] = hashlib.sha256(b"\n".join((code, shown.label.encode(), specification))).hexdigest()
        if known.get(name) != drawn[name] or not all((docs / path).is_file() for path in paths.values()):
            stale.append((docs / paths["svg"], specification, shown.label))
    _draw_all(stale)
    _write(stamps, _json(drawn))
    return written


def _draw_all(stale: list[tuple[Path, bytes, str]]) -> None:
    """Draw these figures; many of them in processes, since drawing holds the interpreter's lock."""
    if len(stale) < MANY:
        for one in stale:
            _draw(*one)
        return
    left_to_us = (signal.SIGINT, signal.SIG_IGN)
    with ProcessPoolExecutor(None, multiprocessing.get_context("spawn"), signal.signal, left_to_us) as pool:
        list(pool.map(_draw, *zip(*stale, strict=True), chunksize=MANY // 4))


def _draw(path: Path, specification: bytes, label: str) -> None:
    """Write a figure's SVG, and its PNG beside it."""
    picture = drawing.svg(json.loads(specification), label)
    _write(path, picture.encode())
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
