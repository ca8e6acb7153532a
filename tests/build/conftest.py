from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import project


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project that no test edits."""
    return project.copy(tmp_path_factory.mktemp("untouched"))


@pytest.fixture(scope="session")
def drawn(untouched: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy with short pages and every figure, if always the same one: a site is built of it in seconds."""
    return project.illustrated(project.abridged(shutil.copytree(untouched, tmp_path_factory.mktemp("drawn") / "project")))


@pytest.fixture
def copied(untouched: Path, tmp_path: Path) -> Path:
    """Return a copy of the project that the test may edit."""
    return Path(shutil.copytree(untouched, tmp_path / "project"))


@pytest.fixture
def illustrated(drawn: Path, tmp_path: Path) -> Path:
    """Return such a copy with its figures, for a test that builds the site."""
    return Path(shutil.copytree(drawn, tmp_path / "project"))
