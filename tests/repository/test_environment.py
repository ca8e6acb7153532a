"""The environment that make installs, with a Python that only pretends to: made once, and anew where it no longer works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT

PYTHON = """#!/bin/sh
case "$1 $2" in
"-m venv")
    mkdir -p .venv/bin
    cp -f "$0" .venv/bin/python
    printf '#!/bin/sh\\n' > .venv/bin/uv
    chmod +x .venv/bin/uv
    ;;
esac
"""
"""Says that it is good enough, makes an environment with another like it, and installs nothing."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with what make needs, and an installed environment with one more file."""
    folder = tmp_path / "a checkout"
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "requirements.txt").write_text("uv==1\n", encoding="utf-8")
    python = tmp_path / "python"
    python.write_text(PYTHON, encoding="utf-8")
    python.chmod(0o755)
    succeeded(folder)
    mark(folder).touch()
    return folder


def mark(checkout: Path) -> Path:
    """Return a file that is there as long as the environment is not thrown away."""
    return checkout / ".venv" / "mark"


def make(checkout: Path, python: Path | str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "MAKEFLAGS"} | variables
    command = ["make", ".venv/installed", f"PYTHON={python}"]
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


def succeeded(checkout: Path) -> str:
    """Install the environment; return what make says."""
    done = make(checkout, checkout.parent / "python")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_environment_is_installed_once(checkout: Path) -> None:
    assert "is up to date" in succeeded(checkout)


def test_after_a_change_of_the_lock_it_is_brought_in_line_and_not_thrown_away(checkout: Path) -> None:
    os.utime(checkout / ".venv" / "installed", (0, 0))
    assert "pip sync" in succeeded(checkout)
    assert mark(checkout).exists()


def test_in_a_checkout_that_was_moved_it_is_made_anew(checkout: Path) -> None:
    moved = checkout.rename(checkout.with_name("moved"))
    assert "pip sync" in succeeded(moved)
    assert not mark(moved).exists()
    assert "is up to date" in succeeded(moved)


def test_in_a_checkout_that_was_copied_it_is_made_anew(checkout: Path) -> None:
    copied = shutil.copytree(checkout, checkout.with_name("copied"))
    assert "pip sync" in succeeded(copied)
    assert not mark(copied).exists()
    assert mark(checkout).exists()


def test_where_its_python_was_removed_it_is_made_anew(checkout: Path) -> None:
    python = checkout / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert "pip sync" in succeeded(checkout)
    assert not mark(checkout).exists()


def test_where_it_is_a_link_to_nothing_it_is_made_anew(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    (checkout / ".venv").symlink_to("/nowhere/.venv")
    assert "pip sync" in succeeded(checkout)
    assert not (checkout / ".venv").is_symlink()


def test_one_that_several_checkouts_share_by_a_link_is_left_alone(checkout: Path) -> None:
    other = checkout.with_name("other")
    other.mkdir()
    for name in ("Makefile", "requirements.txt"):
        shutil.copy2(checkout / name, other)
    (other / ".venv").symlink_to(checkout / ".venv")
    assert "is up to date" in succeeded(other)


def test_a_python_without_ssl_is_an_error_that_says_so_and_the_environment_stays(checkout: Path, tmp_path: Path) -> None:
    os.utime(checkout / ".venv" / "installed", (0, 0))
    (tmp_path / "ssl.py").write_text("raise ImportError('ssl was not built')\n", encoding="utf-8")
    done = make(checkout, sys.executable, PYTHONPATH=str(tmp_path))
    assert done.returncode != 0
    assert "ssl was not built" in done.stderr
    assert f"{sys.executable} cannot make the environment, for the reason above." in done.stderr
    assert mark(checkout).exists()
