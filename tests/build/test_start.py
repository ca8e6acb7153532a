"""The build script runs by itself: from any folder, and by a Python that has nothing installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.build.commands import Finished, environment

BARE = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
"""The Python that this environment was made with; it has none of the packages."""


@pytest.fixture
def installed(copied: Path) -> Path:
    """Return a copy of the project whose environment is this one."""
    (copied / ".venv" / "bin").mkdir(parents=True)
    (copied / ".venv" / "bin" / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    (copied / ".venv" / "bin" / "python").chmod(0o755)
    (copied / ".venv" / "installed").touch()
    return copied


def run(project: Path, folder: Path, *command: str) -> Finished:
    """Run the script of a project from a folder elsewhere."""
    words = [*command, str(project / "scripts" / "build.py"), "--help"]
    return subprocess.run(words, cwd=folder, env=environment(), capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", [(), (str(BARE), "-I")], ids=["by itself", "by a Python without packages"])
def test_the_script_finds_the_environment_from_a_folder_elsewhere(
    installed: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    done = run(installed, tmp_path, *command)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: build.py ")


def test_without_an_environment_the_script_says_how_one_is_made(copied: Path, tmp_path: Path) -> None:
    done = run(copied, tmp_path, str(BARE), "-I")
    assert done.returncode == 1
    assert done.stderr == (
        f"{copied}/.venv lacks what this script needs: run `make pages`, which installs it; `make` lists all verbs\n"
    )
