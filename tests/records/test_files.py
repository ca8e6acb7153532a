from __future__ import annotations

import errno
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.records import files
from bench.records.files import ResultError, UnreadableError


def read(path: Path) -> object:
    return files.parse(path, files.read_bytes(path))


@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.replace"])
def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    file = tmp_path / "run.json"
    files.write_whole(file, "old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(call, full)
    with pytest.raises(ResultError) as caught:
        files.write_whole(file, "new")
    assert str(caught.value).startswith(f"{file}: could not be written: No space left on device; ")
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not valid JSON, perhaps truncated"),
        (b'{"a": 1', "not valid JSON, perhaps truncated"),
        (b"\xff\xfe", "not valid JSON, perhaps truncated"),
        (b"[]", "not a JSON object"),
        (b'{"a": NaN}', "NaN is not JSON"),
        (b'{"a": ' + b"9" * 10_000 + b"}", "not valid JSON"),
        (b'{"a": ' + b"[" * 100_000, "nested deeper"),
    ],
    ids=["empty", "cut", "not text", "no object", "NaN", "a long number", "deep"],
)
def test_what_is_no_json_object_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "run.json"
    file.write_bytes(content)
    with pytest.raises(UnreadableError) as caught:
        read(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert reason in str(caught.value)


def test_a_huge_file_is_named_and_takes_no_more_memory_than_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1 << 20)
    file = tmp_path / "run.json"
    with file.open("wb") as huge:
        huge.truncate(1 << 34)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableError, match="is larger than 1 MiB"):
            read(file)
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_what_is_no_file_is_named_and_not_waited_for(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "run.json")
    with pytest.raises(UnreadableError, match="is no file"):
        read(tmp_path / "run.json")
