"""Copies of the project, for tests that edit files or run the build script."""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench.catalog.loader import ROOT
from scripts.publish.export import export


def copy(destination: Path, *paths: str) -> Path:
    """Copy the project's files, committed or not, but not its results; `paths` are git's pathspecs, none means all."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"]
    listed = subprocess.run([*command, *(paths or ["."]), ":!bench/results"], capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():  # deleted, and not committed yet
            (destination / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, destination / name)
    return destination


def exported(root: Path) -> Path:
    """Export the results of a copy of the project, in a process that takes what it needs for that to its end; return the copy."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        process.submit(export, root, root / "bench" / "results").result()
    return root
