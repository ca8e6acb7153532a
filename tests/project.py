"""Copies of the project, for tests that edit files or run the build script."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from bench.catalog.loader import ROOT


def copy(destination: Path, *paths: str) -> Path:
    """Copy the project's files, committed or not, but not its results; `paths` are git's pathspecs, none means all."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"]
    listed = subprocess.run([*command, *(paths or ["."]), ":!bench/results"], capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():  # deleted, and not committed yet
            (destination / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, destination / name)
    return destination
