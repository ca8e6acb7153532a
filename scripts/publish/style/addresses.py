"""Where the page under way is, and what is linked from there."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from bench.catalog import Benchmark

FIGURES = "data/figures"
RUNS = "data/runs"
SCHEMAS = "data/schema"
OLD_SCHEMAS = ("run", "result")
"""What schema 1 describes: below data/schema/1."""
INDEX = "data/index.json"
"""Where `export` puts files below docs/, and the site serves them."""


@dataclass(frozen=True)
class Address:
    """A page: its source below docs/, and the addresses of site and repository, without a slash at their ends."""

    source: str
    site: str
    repository: str

    def to(self, target: str) -> str:
        """Return the relative link from this page to a file below docs/, with or without an anchor; mkdocs checks it."""
        path, _, anchor = target.partition("#")
        link = posixpath.relpath(path, posixpath.dirname(self.source) or ".")
        return f"{link}#{anchor}" if anchor else link

    def to_benchmark(self, benchmark: Benchmark) -> str:
        """Return the link to the part of a page that shows a benchmark."""
        return self.to(f"{benchmark.page}.md#{benchmark.name}")

    def in_site(self, target: str) -> str:
        """Return the full address of a file below docs/, to cite."""
        path, _, anchor = target.partition("#")
        if path.endswith(".md"):
            path = path.removesuffix(".md").removesuffix("index").rstrip("/")
            path = f"{path}/" if path else ""
        return f"{self.site}/{path}" + (f"#{anchor}" if anchor else "")

    def in_repository(self, path: str, ref: str = "HEAD") -> str:
        """Return the address of a file or folder of the repository as it was at `ref`."""
        kind = "blob" if "." in posixpath.basename(path) else "tree"
        return f"{self.repository}/{kind}/{ref}/{path}"


def figure_file(stem: str, suffix: str) -> str:
    """Return where a figure's file is, below docs/."""
    return f"{FIGURES}/{stem}.{suffix}"


def run_file(run: str, name: str = "run.json") -> str:
    """Return where a run's file is, below docs/."""
    return f"{RUNS}/{run}/{name}"
