from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.records import journal
from bench.records.files import ResultError
from tests import synthetic

RESULT = synthetic.result(synthetic.rounds(count=2), complete=False)


def written(folder: Path) -> Path:
    """Return a journal of six invocations, each appended."""
    path = folder / "execution--n-body.jsonl"
    journal.create(path, RESULT.model_copy(update={"invocations": ()}))
    for invocation in RESULT.invocations:
        journal.append(path, invocation)
    return path


def test_what_is_appended_is_read_in_its_order(tmp_path: Path) -> None:
    assert journal.read(written(tmp_path)) == journal.Journal(RESULT, torn=False)


def test_appending_leaves_what_is_there_as_it_is(tmp_path: Path) -> None:
    path = written(tmp_path)
    before, inode = path.read_bytes(), path.stat().st_ino
    journal.append(path, synthetic.invocation(round=9))
    assert path.read_bytes().startswith(before)
    assert path.stat().st_ino == inode


@given(cut=st.integers(min_value=1))
def test_a_torn_last_line_costs_that_invocation_alone(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    path = written(tmp_path_factory.mktemp("journal"))
    content = path.read_bytes()
    last = len(content) - content[:-1].rfind(b"\n") - 1
    path.write_bytes(content[: len(content) - 1 - cut % (last - 1)])
    assert journal.read(path) == journal.Journal(RESULT.model_copy(update={"invocations": RESULT.invocations[:-1]}), torn=True)


@pytest.mark.parametrize("number", [1, 3, 7])
def test_any_other_tear_is_an_error_that_names_file_and_line(tmp_path: Path, number: int) -> None:
    path = written(tmp_path)
    lines = path.read_bytes().split(b"\n")
    lines[number - 1] = lines[number - 1][:40]
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(ResultError) as caught:
        journal.read(path)
    assert str(caught.value).startswith(f"{path}: line {number}: ")


def test_a_changed_value_is_named_with_its_key(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"loops":', b'"loops":"x","x":', 1))
    lines = path.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b'"round":0', b'"round":-1')
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(ResultError, match=r"line 1: loops"):
        journal.read(path)


@pytest.mark.parametrize("fits", [0, 20])
def test_a_full_disk_leaves_the_journal_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fits: int) -> None:
    path = written(tmp_path)
    before = path.read_bytes()
    really, calls = os.write, []

    def write(file: int, content: bytes) -> int:
        calls.append(len(content))
        if fits and len(calls) == 1:
            return really(file, content[:fits])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", write)
    with pytest.raises(ResultError, match="could not be written: No space left on device; what was measured before it is kept"):
        journal.append(path, synthetic.invocation(round=9))
    assert path.read_bytes() == before
