from __future__ import annotations

import contextlib
import json
import random
import shutil
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from bench.records import store
from bench.records.files import ResultError
from bench.records.seal import OLD_RUNS, RUN, OldRun, load_old_runs
from tests import synthetic
from tests.records.stored import N_BODY, change, problems, save

COMMITTED = ROOT / "bench" / "results"
FLIPS = 200
FLIPS_OF_RUNS = 50
"""Fewer, for each time a whole run is read."""


def flipped(content: bytes, draw: random.Random) -> bytes:
    """Return some bytes with one bit turned over."""
    place = draw.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << draw.randrange(8)]) + content[place + 1 :]


def usable(folder: Path, old: OldRun | None) -> bool:
    """Whether a run can be used."""
    try:
        store.load_run(folder, old)
    except ResultError:
        return False
    return True


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the committed results, with a run of schema 2 beside them."""
    copied = Path(shutil.copytree(COMMITTED, tmp_path_factory.mktemp("committed") / "results"))
    save(copied)
    return copied


def test_every_committed_run_is_usable(results: Path) -> None:
    assert store.load_store(results).set_aside == ()


def test_a_flipped_bit_anywhere_in_the_runs_is_seen(results: Path) -> None:
    draw = random.Random(20261129)
    files = sorted([*results.glob(f"*/{RUN}"), *results.glob(f"*/{store.RESULTS}")])
    old = load_old_runs(results)
    unseen = []
    for _ in range(FLIPS_OF_RUNS):
        file = draw.choice(files)
        content = file.read_bytes()
        file.write_bytes(flipped(content, draw))
        if usable(file.parent, old.get(file.parent.name)):
            unseen.append(file)
        file.write_bytes(content)
    assert unseen == []


def test_a_flipped_bit_anywhere_in_the_list_of_digests_is_seen(tmp_path: Path) -> None:
    draw = random.Random(20261129)
    content = (COMMITTED / OLD_RUNS).read_bytes().rstrip()  # the white space at the end says nothing
    unseen = []
    for number in range(FLIPS):
        changed = flipped(content, draw)
        (tmp_path / OLD_RUNS).write_bytes(changed)
        with contextlib.suppress(ResultError):
            load_old_runs(tmp_path)
            if json.loads(changed) != json.loads(content):
                unseen.append(number)
    assert unseen == []


@pytest.mark.parametrize("name", ["run.json", N_BODY])
def test_a_change_of_a_sealed_file_is_named(tmp_path: Path, name: str) -> None:
    file = save(tmp_path) / name
    file.write_text(
        file.read_text(encoding="utf-8").replace("0.4", "0.3", 1).replace('"cores": 2', '"cores": 4'), encoding="utf-8"
    )
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{file}: ")
    assert "is not as it was " in problem


def test_a_sealed_file_that_is_missing_is_named(tmp_path: Path) -> None:
    file = save(tmp_path) / N_BODY
    file.unlink()
    assert problems(tmp_path) == [
        f"{file}: is missing, and {file.parent / 'run.json'} lists it; restore it from git or delete the run"
    ]


def test_a_result_that_was_added_to_a_sealed_run_is_named(tmp_path: Path) -> None:
    folder = save(tmp_path)
    store.close_result(folder, synthetic.result(benchmark="execution/fib"))
    added = folder / "execution--fib.json"
    assert problems(tmp_path) == [f"{added}: is not of the run: {folder / 'run.json'} does not list it; remove it"]


def test_an_unfinished_run_is_sealed_with_what_has_ended(tmp_path: Path) -> None:
    run = synthetic.run(finished=None)
    folder = store.create_folder(tmp_path, run.id)
    store.close_result(folder, synthetic.result())
    seal = store.save_run(folder, run).seal
    assert seal is not None
    assert seal.files.keys() == {N_BODY}


def test_a_result_that_ended_right_before_a_kill_is_not_in_the_seal_and_counts(tmp_path: Path) -> None:
    run = synthetic.run(finished=None)
    folder = store.create_folder(tmp_path, run.id)
    store.save_run(folder, run)
    store.close_result(folder, synthetic.result())
    assert store.load_run(folder).results.keys() == {"execution/n-body"}


@pytest.mark.parametrize("finished", [synthetic.STARTED, None])
def test_a_run_without_a_seal_is_named(tmp_path: Path, finished: object) -> None:
    run = synthetic.run(finished=finished)
    file = change(save(tmp_path, run) / "run.json", seal=None)
    assert problems(tmp_path) == [f"{file}: seal: is missing; restore it from git or delete the run"]


def test_a_full_run_of_schema_1_that_no_list_of_digests_has_is_named(results: Path, tmp_path: Path) -> None:
    run = min(load_old_runs(results))
    copied = Path(shutil.copytree(results / run, tmp_path / run))
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{copied / 'run.json'}: is of schema 1, and {tmp_path / OLD_RUNS} does not list it; ")


def test_a_list_of_digests_that_lacks_one_of_its_runs_is_named(results: Path, tmp_path: Path) -> None:
    content = json.loads((results / OLD_RUNS).read_text(encoding="utf-8"))
    content["runs"].popitem()
    (tmp_path / OLD_RUNS).write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ResultError, match=rf"{OLD_RUNS}: seal: the file is not as it was written"):
        store.load_store(tmp_path)


def test_a_run_of_schema_1_whose_folder_is_missing_is_named(results: Path, tmp_path: Path) -> None:
    (tmp_path / OLD_RUNS).write_bytes((results / OLD_RUNS).read_bytes())
    assert {run.folder.name for run in store.load_store(tmp_path).set_aside} == set(load_old_runs(tmp_path))


def test_a_broken_list_of_digests_is_an_error_that_names_the_key(tmp_path: Path) -> None:
    (tmp_path / OLD_RUNS).write_text('{"runs": {"x": 1}}', encoding="utf-8")
    with pytest.raises(ResultError, match=rf"{OLD_RUNS}: runs\.x"):
        store.load_store(tmp_path)


def test_a_key_that_changes_in_run_json_alone_breaks_its_own_seal(tmp_path: Path) -> None:
    file = save(tmp_path) / "run.json"
    plan = json.loads(file.read_text(encoding="utf-8"))["plan"]
    change(file, plan=plan | {"seed": 1})
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{file}: seal.run: ")
