"""The project that the commands work on: its catalog, its results, and what pages may show, or an error for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from bench.catalog import Benchmark, Catalog, CatalogError, load_catalog
from bench.catalog.nearest import question
from bench.records.files import ResultError
from bench.records.store import SetAside, Store, StoredRun, load_store
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


def benchmarks(known: Catalog, globs: str) -> list[Benchmark]:
    """Return the benchmarks that globs of ids name, with commas between them, in the catalog's order.

    A glob that names none is warned of, and is an error where it leaves nothing.
    """
    patterns = [glob.strip() for glob in globs.split(",")]
    selected = [entry for entry in known.benchmarks if any(fnmatchcase(entry.id, glob) for glob in patterns)]
    unknown = [_no_benchmark(known, glob) for glob in patterns if not any(fnmatchcase(entry.id, glob) for entry in selected)]
    if not selected:
        raise CliError("\n".join(unknown))
    for warning in unknown:
        console.print("Warning:", warning, markup=False)
    return selected


def without_curves(selected: Sequence[Benchmark], globs: str) -> list[Benchmark]:
    """Return the benchmarks without the latency curves that no glob asks for, other than one of a whole section or of everything.

    An invocation of a curve takes as long as several of any other, so a quick run leaves them out.
    """
    whole = {"*", *(f"{benchmark.section}/*" for benchmark in selected)}
    asking = [glob.strip() for glob in globs.split(",") if glob.strip() not in whole]
    return [entry for entry in selected if not entry.has_curve or any(fnmatchcase(entry.id, glob) for glob in asking)]


def run(known: Store, name: str) -> StoredRun:
    """Return one run by its name, which is its folder's; not one that is set aside."""
    for stored in known.runs:
        if stored.run.id == name:
            return stored
    for aside in known.set_aside:
        if aside.folder.name == name:
            raise CliError("\n".join((f"the run {name} is set aside:", *aside.reasons)))
    names = [stored.run.id for stored in known.runs]
    raise CliError(f"there is no run {name!r} in bench/results{question(name, names) or f'; {newest(known)}'}")


def newest(known: Store) -> str:
    """Say which runs are the newest."""
    names = [stored.run.id for stored in known.runs]
    return f"the newest are {', '.join(names[:-4:-1])}" if names else "it holds none yet"


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


def _no_benchmark(known: Catalog, pattern: str) -> str:
    """Say that there is no benchmark of an id or a glob, and which may have been meant."""
    if any(character in pattern for character in "*?["):
        return f"no benchmark's id matches {pattern!r}; `scripts/build.py list` has all {len(known.benchmarks)}"
    return known.no_benchmark(pattern)
