from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from bench.records import store
from bench.records.files import ResultError
from bench.records.seal import OLD_RUNS, load_old_runs
from tests import synthetic
from tests.records.stored import N_BODY, change, problems, save

COMMITTED = ROOT / "bench" / "results"
FLIPS = 200


def flipped(content: bytes, draw: random.Random) -> bytes:
    """Return some bytes with one bit turned over."""
    place = draw.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << draw.randrange(8)]) + content[place + 1 :]


def unusable(results: Path, run: str) -> bool:
    """Whether a run is refused, or all of the results are."""
    try:
        store.load_run(results / run, load_old_runs(results).get(run))
    except ResultError:
        return True
    return False


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the committed results, with a run of schema 2 beside them."""
    copied = Path(shutil.copytree(COMMITTED, tmp_path_factory.mktemp("committed") / "results"))
    save(copied)
    return copied


def test_every_committed_run_is_usable(results: Path) -> None:
    assert store.load_store(results).set_aside == ()


def test_a_flipped_bit_anywhere_in_the_results_is_seen(results: Path) -> None:
    draw = random.Random(20261129)
    files = [*sorted(results.glob("*/*.json")), results / OLD_RUNS]
    unseen = []
    for number in range(FLIPS):
        file = draw.choice([*files, *sorted((results / synthetic.run().id).glob("*.json"))])
        run = file.parent.name if file.parent != results else draw.choice(sorted(load_old_runs(results)))
        content = file.read_bytes()
        changed = flipped(content, draw)
        file.write_bytes(changed)
        try:
            whole = file.name == OLD_RUNS and all(not unusable(results, name) for name in load_names(content))
            if not unusable(results, run) and (file.name != OLD_RUNS or whole):
                unseen.append((number, file.name))
        finally:
            file.write_bytes(content)
    assert unseen == []


def load_names(content: bytes) -> list[str]:
    """Return the runs that `digests.json` speaks of."""
    return sorted(json.loads(content)["runs"])


@pytest.mark.parametrize("name", ["run.json", N_BODY])
def test_a_change_of_a_sealed_file_is_named(tmp_path: Path, name: str) -> None:
    file = save(tmp_path) / name
    file.write_text(
        file.read_text(encoding="utf-8").replace("0.4", "0.3", 1).replace('"cores": 2', '"cores": 4'), encoding="utf-8"
    )
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{file}: ")
    assert "is not as it was when the run ended" in problem


def test_a_sealed_file_that_is_missing_is_named(tmp_path: Path) -> None:
    file = save(tmp_path) / N_BODY
    file.unlink()
    assert problems(tmp_path) == [f"{file}: is missing, and {file.parent / 'run.json'} lists it; restore it from git"]


def test_a_result_that_was_added_to_a_sealed_run_is_named(tmp_path: Path) -> None:
    folder = save(tmp_path)
    store.close_result(folder, synthetic.result(benchmark="execution/fib"))
    added = folder / "execution--fib.json"
    assert problems(tmp_path) == [f"{added}: is not of the run: {folder / 'run.json'} does not list it; remove it"]


def test_an_unfinished_run_has_no_seal_and_needs_none(tmp_path: Path) -> None:
    run = synthetic.run(finished=None)
    folder = store.create_folder(tmp_path, run.id)
    store.save_run(folder, run)
    assert store.load_run(folder).run.seal is None


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
