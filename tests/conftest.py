"""Property tests here judge answers only: no deadline, and the same examples each time."""

from __future__ import annotations

import gc
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.workermanage import WorkerController

from bench.measure.host import golang
from bench.measure.http import web
from bench.measure.instruments import base, marked
from bench.measure.instruments.base import MeasureContext
from tests import kinds, observed, project
from tests.cataloged import CATALOG
from tests.publish import made

signal.signal(signal.SIGINT, signal.default_int_handler)
"""A shell's job in the background ignores Ctrl-C, and all that it starts would, whose end by it is tested."""
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

UNKNOWN = pytest.StashKey[list[str]]()
"""What is wrong with globs of a selection beside which others fit something."""
LEFT_OUT = pytest.StashKey[Counter[str]]()
"""Kind -> how many of its tests this run leaves out."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only",
        metavar="GLOBS",
        help="run only the tests of these benchmarks and web servers (ids and names, several with commas between them): answers "
        "of both languages, digests, parts of pages; and those of the catalog and the pages as a whole. None builds the site",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a selection of nothing before other processes are started, each of which would refuse it too."""
    config.stash[LEFT_OUT] = Counter()
    only = config.getoption("only")
    unknown = kinds.unknown(only) if only else []
    if only and len(unknown) == len(kinds.split(only)):
        raise pytest.UsageError("\n".join(unknown))
    config.stash[UNKNOWN] = unknown


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> kinds.Grouped:
    return kinds.Grouped(config, log)


@pytest.hookimpl(tryfirst=True)  # the kinds have to be marked before pytest reads -m
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kinds.arrange(items)
    if only := config.getoption("only"):
        kept = kinds.concerning(items, only)
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


def pytest_collection_finish() -> None:
    """Let the collector leave alone what is there to stay: all modules and tests, which it would go through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_deselected(items: list[pytest.Item]) -> None:
    if items:
        items[0].config.stash[LEFT_OUT].update(kinds.count(items))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the process that prints what this one, which runs tests for it, leaves out."""
    left_out = session.config.stash[LEFT_OUT]
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = dict(left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: WorkerController) -> None:
    """Take over what a process left out that ran tests: each has collected all of them, so each leaves out the same."""
    node.config.stash[LEFT_OUT] = Counter(getattr(node, "workeroutput", {}).get("left_out"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    left_out = terminalreporter.config.stash[LEFT_OUT]
    if left_out:
        each = ", ".join(f"{number} {kind}" for kind, number in left_out.most_common())
        terminalreporter.write_line(
            f"Left out: {left_out.total()} tests ({each}). `make test` and `make test-site` run them all."
        )
    for warning in terminalreporter.config.stash[UNKNOWN]:
        terminalreporter.write_line(f"Warning: {warning}")


@pytest.fixture(scope="session")
def observing() -> MeasureContext:
    """The context of every `memory` and `observe` benchmark: their Go commands and the peer, each built once."""
    context = observed.context()
    every = [*observed.programs("memory"), *observed.programs("observe")]
    packages = {go.package for benchmark, _ in every for go in benchmark.go.values()}
    golang.build_all(context.root, [(package, None, marked.binary(context, package)) for package in sorted(packages)])
    for benchmark, _ in every:
        base.build_peer(context, benchmark)
    return context


@pytest.fixture(scope="session")
def backed() -> Iterator[MeasureContext]:
    """A context with a PostgreSQL of the tests' own, for all web servers."""
    with web.backend(observed.context(), [CATALOG.benchmark("web/one-query")], None) as with_database:
        yield with_database


@pytest.fixture(scope="session")
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a made-up run of every benchmark, exported once.

    All figures take most of a minute, so they are drawn only where tests of every one of them are not left out.
    """
    root = project.copy(tmp_path_factory.mktemp("exported"))
    made.save(root / "bench" / "results")
    return project.illustrated(root) if "not every" in request.config.option.markexpr else project.exported(root)
