"""What tests are apart from what they state: which of them share a process, and which are left out where only some are run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fnmatch import fnmatchcase

import pytest
from xdist.scheduler import LoadScopeScheduling

from bench.catalog import Benchmark, Catalog
from bench.catalog.nearest import question
from tests.cataloged import CATALOG
from tests.observed import HERE

GROUPS = {
    "machine": (
        *("tests/build/test_pipeline.py", "tests/build/test_stops.py", "tests/build/test_toolchains.py"),
        "tests/records/test_locks.py",
    ),
    "exported": ("tests/site/", "tests/publish/test_export.py", "tests/publish/site/test_macros.py"),
    "served": (
        *("tests/workloads/test_web.py", "tests/workloads/test_services.py", "tests/workloads/test_crud.py"),
        *("tests/workloads/test_batched.py", "tests/workloads/test_production.py", "tests/workloads/test_transport.py"),
        *("tests/workloads/test_shop.py", "tests/workloads/test_endpoint.py"),
    ),
    "loaded": ("tests/measure/http/", "tests/measure/queue/"),
    "observing": (
        "tests/workloads/test_golang.py",
        "tests/workloads/test_marked.py",
        "tests/workloads/test_concurrency.py",
        "tests/measure/instruments/test_marked.py",
        "tests/measure/processes/test_peer.py",
    ),
    "script": ("tests/build/",),
    "measured": ("tests/publish/",),
}
"""Group -> where its tests are. Three processes run the tests, each a group at a time, in this order, then the other files.

A group shares what is dear to make (an exported project, built programs, a PostgreSQL) or what a machine has once (its lock).
What takes longest is first, in a group as well: a process is given its next group before it has ended the last two tests of one.
"""
KINDS = {
    "browser": ("tests/site/",),
    "servers": (*GROUPS["served"], *GROUPS["loaded"]),
    "script": ("tests/build/",),
    "whole_site": ("tests/publish/test_export.py", "tests/publish/site/test_macros.py"),
    "figures": ("tests/publish/figures/",),
    "programs": (
        "tests/workloads/test_golang.py",
        "tests/workloads/test_marked.py",
        "tests/workloads/test_commands.py",
        "tests/workloads/test_cache.py",
        "tests/workloads/test_concurrency.py",
        "tests/workloads/test_edges.py",
        "tests/workloads/test_training.py",
        "tests/workloads/test_reference.py",
        "tests/measure/instruments/",
        "tests/measure/processes/",
        "tests/measure/host/",
    ),
    "runs": (
        "tests/measure/session/test_runner.py",
        "tests/measure/session/test_selection.py",
        "tests/measure/session/test_digests.py",
        "tests/records/test_migrate.py",
        "tests/records/test_seal.py",
    ),
}
"""Marker -> where its tests are: those that take more than an edit should have to wait for. pyproject.toml says what each is."""
ABOUT_ALL = ("tests/catalog/", "tests/pages/")
"""Where the tests are that read the catalog and the pages as a whole, and so concern every benchmark."""

LISTED = "; `scripts/build.py list` has all"


def first(cases: Iterable[object], count: int = 1) -> list[pytest.ParameterSet]:
    """Return the cases of a test of which `make test` takes only the first few, and `make test-site` every one."""
    return [pytest.param(case, marks=pytest.mark.every if number >= count else []) for number, case in enumerate(cases)]


def place(path: str, table: dict[str, tuple[str, ...]]) -> str | None:
    """Return the first key of a table that has a file among its places."""
    return next((name for name, places in table.items() if path.startswith(places)), None)


def file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


class Grouped(LoadScopeScheduling):  # type: ignore[misc] # ships no types
    """Gives each process a group at a time; the marks of `--dist loadgroup` are lost on their way here since pytest 9.2."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return place(path, GROUPS) or path


def arrange(items: list[pytest.Item]) -> None:
    """Mark each test with its kind, and put those of a group behind one another, all in the order of GROUPS."""
    order = [somewhere for places in GROUPS.values() for somewhere in places]
    for item in items:
        if kind := place(file(item), KINDS):
            item.add_marker(kind)
    items.sort(key=lambda item: next((n for n, start in enumerate(order) if file(item).startswith(start)), len(order)))


def count(items: Iterable[pytest.Item]) -> Counter[str]:
    """Return how many tests there are of each kind."""
    return Counter(place(file(item), KINDS) or "other" for item in items)


def unknown(globs: str) -> list[str]:
    """Say of each of several globs that fits neither a benchmark nor a server what may have been meant."""
    known = list(SUBJECTS)
    strangers = [glob for glob in split(globs) if not any(fnmatchcase(name, glob) for name in known)]
    return [f"--only {glob}: no such benchmark{question(glob, known) or LISTED}" for glob in strangers]


def concerning(items: Iterable[pytest.Item], globs: str) -> list[pytest.Item]:
    """Return the tests of what one of several globs fits, and those of the catalog and the pages as a whole.

    None of them exports every figure, or looks at the site.
    """
    theirs = set().union(*(called for name, called in SUBJECTS.items() if any(fnmatchcase(name, glob) for glob in split(globs))))
    every = set().union(*SUBJECTS.values())
    return [
        item
        for item in items
        if place(file(item), KINDS) not in ("browser", "whole_site")
        and (theirs & about(item) if every & about(item) else file(item).startswith(ABOUT_ALL))
    ]


def split(globs: str) -> list[str]:
    return [glob.strip() for glob in globs.split(",")]


def names(benchmark: Benchmark) -> set[str]:
    """Return what tests call a benchmark: its id, its Go packages, the endpoint of its servers."""
    endpoint = benchmark.input.get("endpoint")
    return {benchmark.id, *(go.package for go in benchmark.go.values()), *([str(endpoint)] if endpoint else [])}


def subjects(catalog: Catalog) -> dict[str, set[str]]:
    """Return what tests can be asked for by, each with what they call it: benchmarks' ids, and servers, with or without web/."""
    programs = {server.name: {f"{server.language}/{server.name}{end}" for end in ("", f"/{HERE}")} for server in catalog.servers}
    benchmarks = {benchmark.id: names(benchmark) for benchmark in catalog.benchmarks}
    return {**programs, **{f"web/{name}": called for name, called in programs.items()}, **benchmarks}


SUBJECTS = subjects(CATALOG)


def about(item: pytest.Item) -> set[str]:
    """Return what the parameters of a test may name a benchmark by."""
    given = item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
    return {value.id if isinstance(value, Benchmark) else value for value in given if isinstance(value, Benchmark | str)}
