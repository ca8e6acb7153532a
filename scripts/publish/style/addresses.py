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
LOCAL = "this-machine.md"
"""The page of what this machine has measured."""


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
        return self.to(section(benchmark))

    def to_local(self, benchmark: Benchmark) -> str:
        """Return the link to this machine's results of a benchmark."""
        return self.to(local_section(benchmark))

    def to_run(self, run: str, name: str = "run.json") -> str:
        """Return the relative address of a run's file, as a browser needs it: mkdocs does not see the raw data."""
        return posixpath.relpath(run_file(run, name), _folder(self.source) or ".")

    def in_site(self, target: str) -> str:
        """Return the full address of a file below docs/, to cite."""
        path, _, anchor = target.partition("#")
        return f"{self.site}/{_folder(path) if path.endswith('.md') else path}" + (f"#{anchor}" if anchor else "")

    def in_repository(self, path: str, ref: str = "HEAD") -> str:
        """Return the address of a file or folder of the repository as it was at `ref`."""
        kind = "blob" if "." in posixpath.basename(path) else "tree"
        return f"{self.repository}/{kind}/{ref}/{path}"


def figure_file(stem: str, suffix: str) -> str:
    """Return where a figure's file is, below docs/."""
    return f"{FIGURES}/{stem}.{suffix}"


def run_file(run: str, name: str = "run.json") -> str:
    """Return where a run's file is in the built site: results are packed, as they are most of what it weighs."""
    return f"{RUNS}/{run}/{name}" + ("" if name == "run.json" else ".gz")


def built_page(target: str) -> str:
    """Return the file of the built site that has a page below docs/, with or without an anchor."""
    path, _, anchor = target.partition("#")
    return f"site/{_folder(path)}index.html" + (f"#{anchor}" if anchor else "")


def section(benchmark: Benchmark) -> str:
    """Return where the published results of a benchmark are: page below docs/ and anchor."""
    return f"{benchmark.page}.md#{benchmark.name}"


def local_section(benchmark: Benchmark) -> str:
    """Return where this machine's results of a benchmark are, likewise."""
    return f"{LOCAL}#{local_anchor(benchmark)}"


def local_anchor(benchmark: Benchmark) -> str:
    """Return the anchor of a benchmark on the page of what this machine has measured."""
    return benchmark.id.replace("/", "--")


def _folder(page: str) -> str:
    """Return the folder of the built site that a page below docs/ is the index of: "" or one with a slash at its end."""
    folder = page.removesuffix(".md").removesuffix("index").rstrip("/")
    return f"{folder}/" if folder else ""
