"""Whether anything has changed since the site was built."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.command_line import stamp


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A project in small, and its site."""
    sources = (
        "bench/catalog/one.toml",
        "docs/index.md",
        "go_examples/go.mod",
        "scripts/build.py",
        "tests/workloads/mistakes/test.py",
    )
    for name in (*sources, "docs/data/index.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text", encoding="utf-8")
    for name in ("mkdocs.yml", "requirements.txt", "site/index.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text", encoding="utf-8")
    stamp.write(tmp_path, pages=stamp.inputs(tmp_path))
    return tmp_path


def unchanged(root: Path) -> bool:
    """Whether the site is seen to be what would be built."""
    return stamp.read(root).get("pages") == stamp.inputs(root)


def edit(file: Path) -> None:
    """Write a file again, with as many bytes."""
    before = file.stat()
    file.write_text("tixt", encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + 1))


def test_a_site_that_was_just_built_is_unchanged(built: Path) -> None:
    assert unchanged(built)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: edit(root / "docs" / "index.md"),
        lambda root: (root / "docs" / "new.md").touch(),
        lambda root: (root / "bench" / "catalog" / "one.toml").unlink(),
        lambda root: edit(root / "mkdocs.yml"),
        lambda root: edit(root / "site" / "index.html"),
        lambda root: (root / "site" / "index.html").unlink(),
        lambda root: (root / "site" / "more.html").touch(),
        lambda root: (root / "build" / "site.json").write_text("{", encoding="utf-8"),
    ],
    ids=["page", "new page", "catalog", "configuration", "site", "site lost", "site grown", "stamp torn"],
)
def test_a_change_is_seen(built: Path, change: Callable[[Path], object]) -> None:
    change(built)
    assert not unchanged(built)


def test_another_address_of_the_site_is_a_change(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/elsewhere/")
    assert not unchanged(built)


@pytest.mark.parametrize("made", ["docs/data/index.json", "scripts/__pycache__/build.pyc", "bench/.lock"])
def test_what_the_build_makes_is_no_change(built: Path, made: str) -> None:
    (built / made).parent.mkdir(exist_ok=True)
    (built / made).write_text("changed", encoding="utf-8")
    assert unchanged(built)


def test_other_options_measure_anew(built: Path) -> None:
    assert stamp.measured(built, ["quick"]) != stamp.measured(built, ["full"])


def test_an_interpreter_that_is_installed_is_seen(
    built: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("bin")
    monkeypatch.setenv("PATH", str(folder))
    before = stamp.measured(built, [])
    (folder / "python3.14").touch()
    about = folder.stat()
    os.utime(folder, ns=(about.st_atime_ns, about.st_mtime_ns + 1))
    assert stamp.measured(built, []) != before
