"""Property tests here judge answers only: no deadline, and the same examples each time."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from hypothesis import settings

from bench.measure.host import golang
from bench.measure.instruments import base, marked
from bench.measure.instruments.base import MeasureContext
from scripts.publish.export import export
from tests import observed, project
from tests.publish import made

signal.signal(signal.SIGINT, signal.default_int_handler)
"""A shell's job in the background ignores Ctrl-C, and all that it starts would, whose end by it is tested."""
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def observing(tmp_path_factory: pytest.TempPathFactory) -> MeasureContext:
    """The context of every `memory` and `observe` benchmark: their Go commands and the peer, each built once."""
    context = observed.context(tmp_path_factory.mktemp("observing"))
    every = [*observed.programs("memory"), *observed.programs("observe")]
    packages = {go.package for benchmark, _ in every for go in benchmark.go.values()}
    golang.build_all(context.root, [(package, None, marked.binary(context, package)) for package in sorted(packages)])
    for benchmark, _ in every:
        base.build_peer(context, benchmark)
    return context


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a made-up run of every benchmark, exported once: its figures take most of a minute."""
    root = project.copy(tmp_path_factory.mktemp("exported"))
    made.save(root / "bench" / "results")
    export(root, root / "bench" / "results")
    return root
