"""Whether anything has changed since the site was built: told as make tells it, by the sizes and times of files."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.measure.host.machine import machine

STAMP = Path("build") / "site.json"
INPUTS = ("bench", "docs", "tests/workloads/mistakes", "go_examples", "scripts", "mkdocs.yml", "requirements.txt")
MADE = ("docs/data", "__pycache__")
"""What is made by the build, or by running it."""
VARIABLES = ("SITE_URL", "REPO_URL")
SMOKE_RESULTS = Path("build") / "results"
"""Smoke runs are kept apart: they are never shown as results."""


def inputs(root: Path) -> str:
    """Return a digest of everything that the pages are made from: files, variables, machine and Python."""
    variables = [f"{name}={os.environ.get(name)}" for name in VARIABLES]
    files = [line for name in INPUTS for line in _listing(root, root / name)]
    return _digest([platform.python_version(), repr(machine().identity), *variables, *files])


def measured(root: Path, options: Sequence[object]) -> str:
    """Return a digest of all that decides what is measured: inputs, smoke runs, options, and where interpreters are found."""
    folders = [*os.environ.get("PATH", "").split(os.pathsep), str(Path.home() / ".local" / "share" / "uv" / "python")]
    times = []
    for folder in folders:
        with contextlib.suppress(OSError):
            times.append(f"{folder} {Path(folder).stat().st_mtime_ns}")  # changes with what is installed there
    smoke = _listing(root, root / SMOKE_RESULTS) if (root / SMOKE_RESULTS).is_dir() else ()
    return _digest([inputs(root), repr(options), *times, *smoke])


def read(root: Path) -> dict[str, str]:
    """Return what was written by `write`; nothing where the site has changed since, or was never built."""
    with contextlib.suppress(OSError, ValueError):
        stamp: dict[str, str] = json.loads((root / STAMP).read_text(encoding="utf-8"))
        if stamp.pop("site") == _site(root):
            return stamp
    return {}


def write(root: Path, **digests: str) -> None:
    """Remember what the site, as it is now, was made from."""
    path = root / STAMP
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(digests | {"site": _site(root)}), encoding="utf-8")


def _site(root: Path) -> str:
    return _digest(_listing(root, root / "site"))


def _listing(root: Path, path: Path) -> Iterator[str]:
    """Yield name, size and time of a file, or of every file in a folder."""
    if path.is_file():
        about = path.stat()
        yield f"{path} {about.st_size} {about.st_mtime_ns}"
        return
    with os.scandir(path) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.startswith(".") or entry.name in MADE or os.path.relpath(entry.path, root) in MADE:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _listing(root, Path(entry.path))
            else:
                about = entry.stat()
                yield f"{entry.path} {about.st_size} {about.st_mtime_ns}"


def _digest(lines: Sequence[str] | Iterator[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode(errors="surrogateescape")).hexdigest()
