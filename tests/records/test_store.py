from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.records import store
from bench.records.run import BenchmarkResult, Invocation
from bench.records.store import ResultError
from tests import synthetic

SECONDS = st.floats(min_value=1e-10, max_value=1e4)
TEXT = st.text(st.characters(codec="utf-8"), max_size=50)
INVOCATIONS = st.lists(
    st.builds(
        Invocation,
        round=st.integers(min_value=0, max_value=60),
        position=st.integers(min_value=0, max_value=9),
        program=st.sampled_from([synthetic.PURE, synthetic.GO]),
        control=st.booleans(),
        layout=st.none() | st.integers(min_value=1, max_value=10**6),
        started=st.datetimes(timezones=st.just(synthetic.STARTED.tzinfo)),
        seconds=SECONDS,
        loops=st.integers(min_value=1, max_value=1 << 40),
        warmups=st.lists(SECONDS, max_size=3).map(tuple),
        values=st.lists(SECONDS, max_size=3).map(tuple),
        checksum=st.none() | st.integers(min_value=0, max_value=(1 << 48) - 1),
        steal=st.floats(min_value=0, max_value=1),
        load=st.floats(min_value=0, max_value=100),
        voluntary_switches=st.integers(min_value=0),
        involuntary_switches=st.integers(min_value=0),
        throttled=st.integers(min_value=0),
        swapped=st.integers(min_value=0),
        failure=st.none() | TEXT,
    ),
    max_size=4,
).map(tuple)


def stored(folder: Path, result: BenchmarkResult | None = None) -> Path:
    """Write a run with one result and return the result's file."""
    run = synthetic.run()
    store.save_run(folder / run.id, run)
    store.save_result(folder / run.id, result or synthetic.result(synthetic.rounds(count=2)))
    return folder / run.id / "execution--n-body.json"


def changed(file: Path, **changes: Any) -> Path:
    """Change keys of a JSON file; None removes one."""
    data = json.loads(file.read_text(encoding="utf-8")) | changes
    file.write_text(json.dumps({key: value for key, value in data.items() if value is not None}), encoding="utf-8")
    return file


def message(folder: Path) -> str:
    with pytest.raises(ResultError) as caught:
        store.load_runs(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


@given(INVOCATIONS, TEXT)
def test_a_result_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, invocations: tuple[Invocation, ...], why: str
) -> None:
    folder = tmp_path_factory.mktemp("results")
    result = synthetic.result(invocations, unavailable={synthetic.NATIVE: why})
    stored(folder, result)
    (read,) = store.load_runs(folder)
    assert (read.run, read.results) == (synthetic.run(), {"execution/n-body": result})


def test_a_result_has_one_invocation_to_a_line(tmp_path: Path) -> None:
    lines = stored(tmp_path, synthetic.result(synthetic.rounds(count=3))).read_text(encoding="utf-8").splitlines()
    assert sum('"position"' in line for line in lines) == 9


def test_runs_are_loaded_the_oldest_first(tmp_path: Path) -> None:
    for day, name in ((2, "a"), (1, "b"), (3, "c")):
        store.save_run(tmp_path / name, synthetic.run(id=name, started=synthetic.STARTED.replace(day=day)))
    assert [found.run.id for found in store.load_runs(tmp_path)] == ["b", "a", "c"]


def test_a_folder_that_is_not_there_holds_no_runs(tmp_path: Path) -> None:
    assert store.load_runs(tmp_path / "none") == ()


@pytest.mark.parametrize("name", ["run.json", "execution--n-body.json"])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_truncated_file_is_named(tmp_path: Path, name: str, share: float) -> None:
    file = stored(tmp_path).with_name(name)
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: int(len(text) * share)], encoding="utf-8")
    said = message(tmp_path)
    assert said.startswith(f"{file}: not valid JSON, perhaps truncated: ")
    assert said.endswith("restore it from git or delete the run")


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    file = stored(tmp_path)
    file.write_bytes(b"\xff\xfe")
    assert message(tmp_path).startswith(f"{file}: not valid JSON")


@pytest.mark.parametrize("name", ["run.json", "execution--n-body.json"])
def test_an_unknown_key_is_named(tmp_path: Path, name: str) -> None:
    file = changed(stored(tmp_path).with_name(name), colour="red")
    assert message(tmp_path).startswith(f"{file}: colour: Extra inputs are not permitted; ")


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    file = changed(stored(tmp_path), digest=None)
    assert message(tmp_path).startswith(f"{file}: digest: Field required; ")


def test_a_value_that_cannot_be_is_named_with_its_place(tmp_path: Path) -> None:
    file = stored(tmp_path)
    invocations = json.loads(file.read_text(encoding="utf-8"))["invocations"]
    invocations[2]["values"][1] = -1.0
    changed(file, invocations=invocations)
    assert message(tmp_path).startswith(f"{file}: invocations.2.values.1: Input should be greater than 0; ")


@pytest.mark.parametrize("name", ["run.json", "execution--n-body.json"])
@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_an_unknown_schema_version_is_named(tmp_path: Path, name: str, version: object) -> None:
    file = changed(stored(tmp_path).with_name(name), schema_version=version)
    assert message(tmp_path) == f"{file}: schema_version: is {version!r}, and this code knows 1; update the project"


def test_a_file_that_holds_no_object_is_named(tmp_path: Path) -> None:
    file = stored(tmp_path)
    file.write_text("[]", encoding="utf-8")
    assert message(tmp_path).startswith(f"{file}: schema_version: ")


def test_a_result_of_another_run_is_named(tmp_path: Path) -> None:
    file = changed(stored(tmp_path), run="2026-01-01-otherhost-7654321")
    assert message(tmp_path) == f"{file}: run: belongs to 2026-01-01-otherhost-7654321, not to {synthetic.run().id}"


@pytest.mark.parametrize("call", ["os.fsync", "pathlib.Path.replace"])
def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    file = tmp_path / "run.json"
    store.write_whole(file, "old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(call, full)
    with pytest.raises(ResultError) as caught:
        store.write_whole(file, "new")
    assert str(caught.value).startswith(f"{file}: could not be written: No space left on device; ")
    assert file.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_cannot_be_made_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("", encoding="utf-8")
    with pytest.raises(ResultError, match=r"results/run/run\.json: could not be written: Not a directory"):
        store.save_run(tmp_path / "results" / "run", synthetic.run())
