"""Git does not see a quick run until it is kept."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bench.records import ignored, store
from bench.records.files import ResultError
from tests.records import stored


def seen_by_git(repository: Path) -> list[str]:
    """Return what `git status` has to say of a new repository's files."""
    subprocess.run(["git", "init", "--quiet"], cwd=repository, check=True)
    status = ["git", "status", "--porcelain", "--untracked-files=all"]
    lines = subprocess.run(status, cwd=repository, capture_output=True, text=True, check=True).stdout.splitlines()
    return [line.removeprefix("?? ") for line in lines]


def test_git_sees_nothing_of_an_ignored_run(tmp_path: Path) -> None:
    ignored.ignore(stored.save(tmp_path))
    assert seen_by_git(tmp_path) == []


def test_git_sees_the_files_of_a_run_that_is_kept_and_no_others(tmp_path: Path) -> None:
    folder = stored.save(tmp_path)
    ignored.ignore(folder)
    assert ignored.keep(folder)
    assert seen_by_git(tmp_path) == [f"{folder.name}/{stored.N_BODY}", f"{folder.name}/run.json"]


def test_a_run_that_was_not_ignored_stays_as_it_is(tmp_path: Path) -> None:
    folder = stored.save(tmp_path)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert not ignored.keep(folder)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_an_ignored_run_is_loaded_with_its_seal_whole(tmp_path: Path) -> None:
    folder = stored.save(tmp_path)
    ignored.ignore(folder)
    assert store.load_run(folder).run.id == folder.name


def test_a_file_that_cannot_be_removed_is_named(tmp_path: Path) -> None:
    (tmp_path / ignored.FILE).mkdir()
    with pytest.raises(ResultError, match=rf"{tmp_path}/\.gitignore: cannot be removed: "):
        ignored.keep(tmp_path)
