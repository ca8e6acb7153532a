from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import project


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of everything that results depend on, which no test edits."""
    return project.copy(tmp_path_factory.mktemp("sources"), "bench", "go_examples")


@pytest.fixture
def editable(sources: Path, tmp_path: Path) -> Path:
    """Return such a copy that the test may edit."""
    return Path(shutil.copytree(sources, tmp_path / "project"))
