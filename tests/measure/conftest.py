from __future__ import annotations

from pathlib import Path

import pytest

from tests import project


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Return a copy of everything that results depend on; a test may edit it."""
    return project.copy(tmp_path / "project", "bench", "go_examples")
