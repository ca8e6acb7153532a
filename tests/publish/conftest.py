"""Sites of made-up results; made once, because they are only read, and let go after the last test here: they are large."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.publish.facts.data import SiteData, load
from tests.publish import made


@pytest.fixture(scope="package")
def measured(tmp_path_factory: pytest.TempPathFactory) -> SiteData:
    """A site with one full run of every benchmark, with CPython and its JIT."""
    results = tmp_path_factory.mktemp("measured")
    made.save(results)
    return load(made.ROOT, results)


@pytest.fixture(scope="package")
def published(exported: Path) -> SiteData:
    """The site of the exported project: the same run, with its files."""
    return load(exported, exported / "bench" / "results")


@pytest.fixture(scope="package")
def empty(tmp_path_factory: pytest.TempPathFactory) -> SiteData:
    """A site without any run."""
    return load(made.ROOT, tmp_path_factory.mktemp("empty"))


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """An empty folder for runs."""
    return tmp_path / "results"
