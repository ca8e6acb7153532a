"""The project that the commands work on: its catalog, its results, and what pages may show, or an error for people."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bench.catalog import Benchmark, Catalog, CatalogError, load_catalog
from bench.records.files import ResultError
from bench.records.store import SetAside, Store, load_store
from scripts.command_line.console import CliError, console
from scripts.publish.facts.analysis import CACHE
from scripts.publish.facts.data import SiteData, load

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "bench" / "results"


def catalog() -> Catalog:
    """Return the catalog."""
    try:
        return load_catalog(ROOT)
    except CatalogError as error:
        raise CliError(str(error)) from error


def benchmark(known: Catalog, benchmark_id: str) -> Benchmark:
    """Return one benchmark of the catalog."""
    try:
        return known.benchmark(benchmark_id)
    except KeyError as error:
        raise CliError(str(error.args[0])) from error


def store() -> Store:
    """Return all results."""
    try:
        return load_store(RESULTS)
    except ResultError as error:
        raise CliError(str(error)) from error


def site_data() -> SiteData:
    """Return what pages may show."""
    try:
        return load(ROOT, RESULTS, ROOT / CACHE)
    except (CatalogError, ResultError) as error:
        raise CliError(str(error)) from error


def damaged(set_aside: Iterable[SetAside]) -> list[str]:
    """Say which runs were set aside; return why, of those that are damaged, which makes an error of it."""
    for run in set_aside:
        console.print(f"Warning: the run in {run.folder} is set aside:", *run.reasons, sep="\n  ", markup=False)
    return [
        f"{run.folder}: the run is damaged and was set aside; `scripts/build.py check` says why"
        for run in set_aside
        if run.damaged
    ]
