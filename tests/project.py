"""Copies of the project, for tests that edit files or run the build script."""

from __future__ import annotations

import multiprocessing
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path
from unittest.mock import patch

from bench.catalog.loader import ROOT
from scripts.publish import export
from scripts.publish.figures.figures import Figure
from scripts.publish.style.wording import Unit

LONG = re.compile(r"(?m)^\{\{ (?:code|conditions|reproduce|cite|chart)\(.*\n")
"""The macros of a page that show most, where they stand alone."""


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
    return _in_process(export.export, root)


def illustrated(root: Path) -> Path:
    """Do likewise with one picture in place of all, which takes a second: for what builds sites at whose figures nobody looks."""
    return _in_process(_export_one_picture, root)


def abridged(root: Path) -> Path:
    """Leave out of a copy's pages what takes longest to show, programs and conditions; return the copy."""
    for page in (root / "docs").rglob("*.md"):
        page.write_text(LONG.sub("", page.read_text(encoding="utf-8")), encoding="utf-8")
    return root


def _in_process(exporting: Callable[[Path, Path], object], root: Path) -> Path:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        process.submit(exporting, root, root / "bench" / "results").result()
    return root


def _export_one_picture(root: Path, results: Path) -> None:
    def draw_one(stale: Sequence[tuple[Figure, Unit, Path]]) -> None:
        export._draw(*stale[0])  # noqa: SLF001  the first picture is a real one
        for (_, _, path), suffix in product(stale[1:], (".vl.json", ".svg", ".png")):
            shutil.copy2(stale[0][2].with_suffix(suffix), path.with_suffix(suffix))

    with patch.object(export, "_draw_all", draw_one):
        export.export(root, results)
