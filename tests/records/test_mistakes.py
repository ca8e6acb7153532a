from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.records.files import ResultError
from bench.records.mistakes import FOLDER, MistakesRecord, newest, save
from bench.records.store import load_store
from tests.mistaken import record

HOUR = datetime(2026, 11, 30, 12, tzinfo=UTC)


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    save(tmp_path, record(), "vm")
    assert newest(tmp_path) == record()


def test_a_record_is_named_by_day_and_host(tmp_path: Path) -> None:
    assert save(tmp_path, record(), "vm") == tmp_path / FOLDER / "2026-11-29-vm.json"


def test_there_may_be_no_record(tmp_path: Path) -> None:
    assert newest(tmp_path) is None


def test_the_newest_record_counts(tmp_path: Path) -> None:
    later = record().model_copy(update={"started": HOUR})
    save(tmp_path, later, "a-host")
    save(tmp_path, record(), "z-host")
    assert newest(tmp_path) == later


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


def test_records_of_mistakes_are_no_run(tmp_path: Path) -> None:
    save(tmp_path, record(), "vm")
    store = load_store(tmp_path)
    assert (store.runs, store.set_aside) == ((), ())


def test_who_caught_a_mistake_is_told_in_the_order_of_the_tools() -> None:
    caught: MistakesRecord = record()
    assert [tool.name for tool in caught.catchers("quantitiy", "python")] == ["mypy --strict", "pytest"]
    assert caught.catchers("staus", "go") == ()
