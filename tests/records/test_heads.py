"""Runs that were found good before, and are read again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.records import files, store
from bench.records.files import ResultError
from bench.records.heads import RunHead
from bench.records.store import load_store
from tests import synthetic
from tests.records.stored import N_BODY, change, save

N_BODY_ID = "execution/n-body"


def heads(results: Path) -> dict[str, RunHead]:
    """Return the heads of the sound runs below `results`."""
    return {stored.run.id: stored.known for stored in load_store(results).runs if stored.known}


def test_a_known_run_is_what_it_was(tmp_path: Path) -> None:
    save(tmp_path)
    (before,), (again,) = load_store(tmp_path).runs, load_store(tmp_path, heads(tmp_path)).runs
    assert (again.run, dict(again.results), again.known) == (before.run, before.results, before.known)


def test_a_result_of_a_known_run_is_parsed_when_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(tmp_path)
    known, parsed = heads(tmp_path), list[str]()

    def parse(path: Path, content: bytes) -> dict[str, Any]:
        parsed.append(path.name)
        return files.parse(path, content)

    monkeypatch.setattr(store, "parse", parse)
    (stored,) = load_store(tmp_path, known).runs
    assert parsed == ["run.json"]
    assert stored.results[N_BODY_ID].invocations
    assert parsed == ["run.json", N_BODY]


def test_a_head_says_what_the_result_says(tmp_path: Path) -> None:
    save(
        tmp_path, None, synthetic.result(synthetic.rounds(count=2), unavailable={synthetic.GO: "none"}, loops={synthetic.PURE: 1})
    )
    (stored,) = load_store(tmp_path, heads(tmp_path)).runs
    head, result = stored.head(N_BODY_ID), stored.results[N_BODY_ID]
    assert head is not None
    assert (head.complete, head.programs, head.calibrated) == (result.complete, result.programs, tuple(result.loops))
    assert set(head.planned) == {*result.loops, *result.unavailable, *(one.program for one in result.invocations)}


def test_a_run_that_has_changed_is_checked_whatever_was_known_of_it(tmp_path: Path) -> None:
    folder = save(tmp_path)
    known = heads(tmp_path)
    change(folder / N_BODY, complete=False)
    (set_aside,) = load_store(tmp_path, known).set_aside
    assert "is not as it was when it was written" in set_aside.reasons[0]


def test_a_result_that_changes_while_its_run_is_in_use_is_refused(tmp_path: Path) -> None:
    folder = save(tmp_path)
    (stored,) = load_store(tmp_path, heads(tmp_path)).runs
    change(folder / N_BODY, complete=False)
    with pytest.raises(ResultError, match=rf"{N_BODY}: has changed while it was in use"):
        stored.results[N_BODY_ID]


def test_a_file_that_is_not_of_a_known_run_sets_it_aside(tmp_path: Path) -> None:
    folder = save(tmp_path)
    known = heads(tmp_path)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    (set_aside,) = load_store(tmp_path, known).set_aside
    assert "notes.txt: is not of the run" in set_aside.reasons[0]


def test_a_run_that_has_not_finished_has_no_head(tmp_path: Path) -> None:
    save(tmp_path, synthetic.run(finished=None))
    assert heads(tmp_path) == {}
