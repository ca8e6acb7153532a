"""What is computed of a run is kept, and taken only where it is what would be computed now."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.analyse.estimates import estimate
from bench.analyse.records import ControlScore, Estimate
from bench.records.run import BenchmarkResult, Run
from bench.records.store import ESTIMATES, load_store
from scripts.publish.facts import analysis
from scripts.publish.facts.analysis import store_estimates, stored_analyses
from scripts.publish.facts.data import SiteData, load
from tests import synthetic
from tests.publish import made

FULL = synthetic.run()
N_BODY = made.CATALOG.benchmark("execution/n-body")
Analysed = Callable[[], list[str]]


@pytest.fixture
def analysed(monkeypatch: pytest.MonkeyPatch) -> Analysed:
    """Return the runs that were analysed since this was last asked."""
    runs: list[str] = []

    def counted(run: Run, result: BenchmarkResult, score: ControlScore) -> Estimate:
        runs.append(run.id)
        return estimate(run, result, score)

    def since() -> list[str]:
        seen = runs.copy()
        runs.clear()
        return seen

    monkeypatch.setattr(analysis, "estimate", counted)
    return since


def estimates(site: SiteData) -> dict[str, Estimate]:
    """Return the published estimates."""
    return {name: measured.estimate for name, measured in site.published.items()}


def test_what_is_kept_is_not_computed_again_and_is_the_same(results: Path, tmp_path: Path, analysed: Analysed) -> None:
    made.save(results, FULL, (N_BODY,))
    first = load(made.ROOT, results, tmp_path / "kept")
    assert analysed() == [FULL.id]
    again = load(made.ROOT, results, tmp_path / "kept")
    assert analysed() == []
    assert repr(estimates(again)) == repr(estimates(first))


def test_another_code_of_the_analysis_computes_what_is_published_again(
    results: Path, tmp_path: Path, analysed: Analysed, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.save(results, FULL, (N_BODY,))
    load(made.ROOT, results, tmp_path / "kept")
    monkeypatch.setattr(analysis, "code_digest", lambda: "0" * 64)
    analysed()
    load(made.ROOT, results, tmp_path / "kept")
    assert analysed() == [FULL.id]


def test_what_a_run_said_when_it_was_new_confirms_without_being_computed_again(
    results: Path, analysed: Analysed, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.save(results, FULL, (N_BODY,))
    newest = made.save(results, made.later(FULL, 3), (N_BODY,))
    runs = load_store(results).runs
    store_estimates(runs[0], runs)
    analysed()
    monkeypatch.setattr(analysis, "code_digest", lambda: "0" * 64)
    site = load(made.ROOT, results)
    assert analysed() == [newest.id]
    assert {id_: second.run for id_, second in site.confirmations.items()} == {N_BODY.id: FULL.id}


def test_what_is_stored_with_a_run_spares_computing_it(results: Path, analysed: Analysed) -> None:
    made.save(results, FULL, (N_BODY,))
    (stored,) = load_store(results).runs
    store_estimates(stored, [stored])
    analysed()
    load(made.ROOT, results)
    assert analysed() == []


def test_what_was_computed_of_other_files_is_not_used(results: Path, tmp_path: Path, analysed: Analysed) -> None:
    made.save(results, FULL, (N_BODY,))
    load(made.ROOT, results, tmp_path / "kept")
    other = made.save(tmp_path / "others", FULL, (N_BODY,), seed=7)
    analysed()
    site = load(made.ROOT, tmp_path / "others", tmp_path / "kept")
    assert analysed() == [other.id]
    assert repr(estimates(site)) == repr(estimates(load(made.ROOT, tmp_path / "others")))


def test_another_score_of_the_controls_computes_the_estimates_again(results: Path, tmp_path: Path, analysed: Analysed) -> None:
    made.save(results, made.later(FULL, 3), (N_BODY,))
    before = load(made.ROOT, results, tmp_path / "kept")
    made.save(results, FULL, made.CATALOG.benchmarks[:50])  # which comes before it, and has the controls that it lacks
    analysed()
    again = load(made.ROOT, results, tmp_path / "kept")
    assert made.later(FULL, 3).id in analysed()
    assert "few-controls" in repr(estimates(before)[N_BODY.id])
    assert "few-controls" not in repr(estimates(again)[N_BODY.id])


@pytest.mark.parametrize("content", ["", "{", '{"head": 1}', "\x00"])
def test_what_was_kept_and_cannot_be_read_is_computed_again(
    results: Path, tmp_path: Path, analysed: Analysed, content: str
) -> None:
    made.save(results, FULL, (N_BODY,))
    load(made.ROOT, results, tmp_path / "kept")
    (kept,) = (tmp_path / "kept").iterdir()
    kept.write_text(content, encoding="utf-8")
    (results / FULL.id / ESTIMATES).write_text(content, encoding="utf-8")
    analysed()
    assert load(made.ROOT, results, tmp_path / "kept").published
    assert analysed() == [FULL.id]


def test_a_bit_that_flipped_in_what_is_stored_with_a_run_is_seen(results: Path) -> None:
    made.save(results, FULL, (N_BODY,))
    (stored,) = load_store(results).runs
    store_estimates(stored, [stored])
    file, draw = stored.folder / ESTIMATES, random.Random(20261129)
    content = file.read_bytes()
    for _ in range(100):
        place, bit = draw.randrange(len(content)), 1 << draw.randrange(8)
        file.write_bytes(content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :])
        assert stored_analyses(results, None) == {}
    file.write_bytes(content)
    assert set(stored_analyses(results, None)) == {FULL.id}


def test_a_folder_that_cannot_be_written_costs_time_alone(results: Path, tmp_path: Path) -> None:
    made.save(results, FULL, (N_BODY,))
    (tmp_path / "kept").write_text("a file", encoding="utf-8")
    assert load(made.ROOT, results, tmp_path / "kept").published


def test_the_estimates_of_a_run_are_no_part_of_what_is_sealed(results: Path) -> None:
    made.save(results, FULL, (N_BODY,))
    (stored,) = load_store(results).runs
    store_estimates(stored, [stored])
    assert [again.run for again in load_store(results).runs] == [stored.run]
