"""The commands in this process, over made-up results."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.command_line import project
from tests.command_line.commands import Typed, run


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that the commands take for the results; it is empty."""
    folder = tmp_path / "bench" / "results"
    folder.mkdir(parents=True)
    monkeypatch.setattr(project, "RESULTS", folder)
    return folder


@pytest.fixture
def typed(results: Path) -> Typed:
    """Return a function that runs a command over the made-up results, as if it had been typed."""
    del results
    return run
