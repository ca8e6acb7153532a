"""Runs the build script of a copy of the project, as a user does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

Finished = subprocess.CompletedProcess[str]


def command(*arguments: str, python: Path = Path(sys.executable)) -> list[str]:
    return [str(python), "scripts/build.py", *arguments]


def environment() -> dict[str, str]:
    """Return the environment of a user's shell: nothing of what pytest and make set."""
    dropped = ("PYTEST_", "MAKE", "MFLAGS", "PYTHON", "COLUMNS", "FORCE_COLOR")
    return {key: value for key, value in os.environ.items() if not key.startswith(dropped)}


def build(project: Path, *arguments: str, python: Path = Path(sys.executable)) -> Finished:
    """Run the build script of the project at `project`."""
    started = command(*arguments, python=python)
    return subprocess.run(started, cwd=project, env=environment(), capture_output=True, text=True, check=False)


def succeeded(done: Finished) -> Finished:
    """Return what ended well; otherwise show what it said."""
    assert done.returncode == 0, f"{' '.join(done.args)}: exit status {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def error(done: Finished) -> str:
    """Return the one error message of what failed: it is the last thing said, and there is no traceback."""
    said = done.stdout + done.stderr
    assert done.returncode != 0, said
    assert "Traceback" not in said
    assert sum(line.startswith("Error: ") for line in said.splitlines()) == 1, said
    return done.stderr.rpartition("Error: ")[2].strip()


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first occurrence of a text in a file, which must have it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
