"""Requirements that cannot be installed, as where a download is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest

from bench.measure.host.golang import ToolchainError
from bench.measure.host.host import Host
from bench.measure.session import runner


class Installing:
    """A host that installs all but large requirements."""

    def download(self, requirements: str) -> str | None:
        return "about 3000 MB" if requirements == "ml-torch" else None

    def environments(self, requirements: str) -> Mapping[str, Path]:
        if requirements == "ml-torch":
            raise ToolchainError("uv pip install: 403 Forbidden")
        return {"cpython-3.14": Path(requirements)}


@dataclass
class Notes:
    """What the user was told."""

    lines: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        self.lines.append(text)

    def step(self, running: str, done: int, remaining: int) -> None:
        raise AssertionError((running, done, remaining))


def test_a_refused_download_leaves_the_other_requirements() -> None:
    notes = Notes()
    environments, refused = runner.environments_of(cast("Host", Installing()), ["ml", "ml-torch"], notes)
    assert environments == {"ml": {"cpython-3.14": Path("ml")}}
    assert refused == {"ml-torch": "failed: bench/requirements/ml-torch.txt cannot be installed: uv pip install: 403 Forbidden"}
    assert notes.lines[0] == "To download for bench/requirements/ml-torch.txt: about 3000 MB"


def test_a_run_that_could_install_nothing_ends() -> None:
    with pytest.raises(ToolchainError, match=r"ml-torch\.txt cannot be installed: uv pip install: 403 Forbidden"):
        runner.environments_of(cast("Host", Installing()), ["ml-torch"], Notes())
