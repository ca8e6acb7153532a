"""Sites of made-up results; made once, because they are only read, and let go after the last test here: they are large."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import vl_convert

from scripts.publish.facts.data import SiteData, load
from tests.apart import aside
from tests.publish import made, vega


@pytest.fixture(scope="package")
def beside() -> Iterator[Callable[..., Any]]:
    """Calls a function in a process of its own, the same one for all tests here."""
    with aside() as call:
        yield call


@pytest.fixture(scope="package", autouse=True)
def _drawn_beside(beside: Callable[..., Any]) -> Iterator[None]:
    """Draw there: the engine of JavaScript takes a hundred megabytes, and keeps them."""
    with patch.object(vl_convert, "vegalite_to_svg", partial(beside, vega.to_svg)):
        yield


@pytest.fixture(scope="package")
def committed() -> SiteData:
    """The site of the committed results."""
    return load(made.ROOT, made.ROOT / "bench" / "results")


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
