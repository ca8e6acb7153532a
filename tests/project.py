"""Copies of the project, for tests that edit files or run the build script."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Collection, Sequence
from importlib.util import cache_from_source
from itertools import product
from pathlib import Path
from unittest.mock import patch

from bench.catalog.loader import ROOT
from scripts.publish import export
from scripts.publish.figures.figures import Figure
from scripts.publish.style.addresses import Address
from scripts.publish.style.wording import Unit
from tests.apart import apart

LONG = re.compile(r'(?m)^\{\{ (?:code|conditions|reproduce|cite|chart)\((?:"([^"]*)")?.*\n')
"""The macros of a page that show most, where they stand alone; with what they show."""
SAMPLE = (
    "overview",
    "execution--n-body",
    "execution--n-body--ratios",
    "memory--base-empty",
    "web-scatter",
    "web--json-latency--curve",
)
"""A figure of each kind."""


def copy(destination: Path, *paths: str) -> Path:
    """Copy the project's files, committed or not, but not its results; `paths` are git's pathspecs, none means all."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"]
    listed = subprocess.run([*command, *(paths or ["."]), ":!bench/results"], capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():  # deleted, and not committed yet
            _copy(ROOT / name, destination / name)
            if name.endswith(".py") and (compiled := Path(cache_from_source(str(ROOT / name)))).is_file():
                _copy(compiled, destination / compiled.relative_to(ROOT))  # which is valid, as the source keeps its time
    return destination


def _copy(source: Path, destination: Path) -> None:
    destination.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, destination)


def exported(root: Path) -> Path:
    """Export the results of a copy of the project, in a process that takes what it needs for that to its end; return the copy."""
    apart(export.export, root, root / "bench" / "results")
    return root


def illustrated(root: Path) -> Path:
    """Do likewise with one picture in place of all but SAMPLE: for sites at whose other figures nobody looks."""
    apart(_export_a_sample, root, root / "bench" / "results")
    return root


def abridged(root: Path, shown: Collection[str] = ()) -> Path:
    """Leave out of a copy's pages what takes longest to show, figures, programs and conditions, but of what is `shown`.

    Args:
        root: the copy.
        shown: ids of benchmarks, and names of other figures.
    """
    for page in (root / "docs").rglob("*.md"):
        short = LONG.sub(lambda macro: macro[0] if macro[1] in shown else "", page.read_text(encoding="utf-8"))
        page.write_text(short, encoding="utf-8")
    return root


def page_address(page: str) -> str:
    """Return where the site has a page: "method/" for "method.md", "" for "index.md"."""
    return Address(page, "", "").in_site(page).removeprefix("/")


def _export_a_sample(root: Path, results: Path) -> None:
    def draw_sample(stale: Sequence[tuple[Figure, Unit, Path]]) -> None:
        for figure, unit, path in stale:
            if figure.stem in SAMPLE:
                export._draw(figure, unit, path)  # noqa: SLF001  what draws is the same
        for (figure, _, path), suffix in product(stale, (".vl.json", ".svg", ".png")):
            if figure.stem not in SAMPLE:
                shutil.copy2(path.with_name(SAMPLE[0] + suffix), path.with_suffix(suffix))

    with patch.object(export, "_draw_all", draw_sample):
        export.export(root, results)
