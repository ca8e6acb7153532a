from __future__ import annotations

from pathlib import Path

import pytest

from bench.records.files import ResultError
from bench.records.prototyping import newest, save
from bench.records.store import load_store
from tests.prototyped import record


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    save(tmp_path, record(), "vm")
    assert newest(tmp_path) == record()


def test_an_interrupted_record_is_not_shown(tmp_path: Path) -> None:
    save(tmp_path, record().model_copy(update={"planned": 11}), "vm")
    assert newest(tmp_path) is None


def test_a_record_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path, record(), "vm")
    path.write_text(path.read_text(encoding="utf-8").replace('"dirty"', '"clean"'), encoding="utf-8")
    with pytest.raises(
        ResultError, match=r"2026-11-29-vm\.json: dirty: Field required\n.*2026-11-29-vm\.json: clean: Extra inputs"
    ):
        newest(tmp_path)


def test_a_truncated_record_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path, record(), "vm")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ResultError, match="not valid JSON"):
        newest(tmp_path)


def test_a_timing_of_an_unknown_step_is_refused(tmp_path: Path) -> None:
    save(tmp_path, record().model_copy(update={"steps": record().steps[:1]}), "vm")
    with pytest.raises(ResultError, match="not among the steps: edit/go/air/warm"):
        newest(tmp_path)


def test_records_of_prototypes_are_no_run(tmp_path: Path) -> None:
    save(tmp_path, record(), "vm")
    store = load_store(tmp_path)
    assert (store.runs, store.set_aside) == ((), ())


def test_another_version_of_a_tool_resumes_nothing() -> None:
    assert not record().continues(record().model_copy(update={"versions": {"uv": "0"}}))
