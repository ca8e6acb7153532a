from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bench.records.files import ResultError
from bench.records.simulation import FOLDER, newest, save
from bench.records.store import load_store
from tests.simulated import record

DAY = date(2026, 11, 30)


def test_a_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    save(tmp_path, record(), DAY)
    assert newest(tmp_path) == record()


def test_a_record_is_named_by_its_day(tmp_path: Path) -> None:
    assert save(tmp_path, record(), DAY) == tmp_path / FOLDER / "2026-11-30.json"


def test_the_same_record_of_another_day_has_the_same_bytes(tmp_path: Path) -> None:
    first, second = (save(tmp_path, record(), DAY.replace(day=day)).read_bytes() for day in (29, 30))
    assert first == second


def test_there_may_be_no_record(tmp_path: Path) -> None:
    assert newest(tmp_path) is None


def test_the_record_of_the_latest_day_counts(tmp_path: Path) -> None:
    later = record(checks=())
    save(tmp_path, later, DAY)
    save(tmp_path, record(), DAY.replace(month=2, day=1))
    assert newest(tmp_path) == later


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"seed"', '"sead"', r"seed: Field required"),
        ('"p99": 0.004', '"p99": -1.0', r"checks\.0\.p99: Input should be greater than 0"),
        ('"late": 0.0125', '"late": 1.25', r"fleets\.0\.stalled\.0\.late: Input should be less than or equal to 1"),
        ('"program": "python/fastapi/cpython-3.14"', '"program": "<script>"', r"checks\.0\.program: String should match pattern"),
        ('"digest": "aa', '"digest": "g', r"checks\.0\.sources\.0\.digest: String should match pattern"),
        ('"rate": 25000.0', '"rate": NaN', "not valid JSON.*NaN is not JSON"),
        ('"requests": 40000', '"requests": 0', r"checks\.0\.requests: Input should be greater than or equal to 1"),
    ],
)
def test_a_record_that_cannot_be_is_refused_with_file_and_key(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = save(tmp_path, record(), DAY)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ResultError, match=rf"2026-11-30\.json: {message}"):
        newest(tmp_path)


def test_a_truncated_record_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path, record(), DAY)
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(ResultError, match="not valid JSON"):
        newest(tmp_path)


def test_records_of_simulations_are_no_run(tmp_path: Path) -> None:
    save(tmp_path, record(), DAY)
    store = load_store(tmp_path)
    assert (store.runs, store.set_aside) == ((), ())
