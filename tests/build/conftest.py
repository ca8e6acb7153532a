from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import project


@pytest.fixture(scope="session")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project that no test edits."""
    return project.copy(tmp_path_factory.mktemp("untouched"))


@pytest.fixture
def copied(untouched: Path, tmp_path: Path) -> Path:
    """Return a copy of the project that the test may edit."""
    return Path(shutil.copytree(untouched, tmp_path / "project"))
