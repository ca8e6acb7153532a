from __future__ import annotations

import json
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.records import store
from bench.records.files import ResultError
from bench.records.run import Invocation
from tests import synthetic
from tests.records.stored import N_BODY, change, problems, remove, save

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
        foreign=st.none() | st.floats(min_value=0, max_value=1),
        load=st.floats(min_value=0, max_value=100),
        voluntary_switches=st.integers(min_value=0),
        involuntary_switches=st.integers(min_value=0),
        throttled=st.integers(min_value=0),
        swapped=st.integers(min_value=0),
        failure=st.none() | TEXT,
    ),
    max_size=4,
    unique_by=lambda invocation: (invocation.round, invocation.position),
).map(tuple)
FILES = pytest.mark.parametrize("name", ["run.json", N_BODY])


@given(INVOCATIONS, TEXT)
def test_a_run_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, invocations: tuple[Invocation, ...], why: str
) -> None:
    results = tmp_path_factory.mktemp("results")
    result = synthetic.result(invocations, unavailable={synthetic.NATIVE: why})
    save(results, synthetic.run(), result)
    (stored,) = store.load_store(results).runs
    assert stored.run.model_copy(update={"seal": None}) == synthetic.run()
    assert stored.results == {"execution/n-body": result}


def test_a_result_has_one_invocation_to_a_line(tmp_path: Path) -> None:
    folder = save(tmp_path, synthetic.run(), synthetic.result(synthetic.rounds(count=3)))
    lines = (folder / N_BODY).read_text(encoding="utf-8").splitlines()
    assert sum('"position"' in line for line in lines) == 9


def test_runs_are_loaded_the_oldest_first(tmp_path: Path) -> None:
    names = [f"2026-11-23-{host}-0123456" for host in ("a", "b", "c")]
    for hours, name in zip((2, 1, 3), names, strict=True):
        started = synthetic.STARTED + timedelta(hours=hours)
        run = synthetic.run(id=name, started=started, finished=started, parts=(synthetic.part(started=started),))
        save(tmp_path, run)
    assert [stored.run.id for stored in store.load_store(tmp_path).runs] == [names[1], names[0], names[2]]


def test_a_missing_folder_holds_no_runs(tmp_path: Path) -> None:
    assert store.load_store(tmp_path / "none") == store.Store((), ())


def test_a_run_that_cannot_be_used_leaves_the_others_in_use(tmp_path: Path) -> None:
    save(tmp_path)
    damaged = save(tmp_path, synthetic.run(id="2026-11-23-otherhost-0123456"))
    (damaged / N_BODY).unlink()
    loaded = store.load_store(tmp_path)
    assert [stored.run.id for stored in loaded.runs] == [synthetic.run().id]
    assert [(run.folder, run.damaged) for run in loaded.set_aside] == [(damaged, True)]


@FILES
@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_truncated_file_is_named(tmp_path: Path, name: str, share: float) -> None:
    file = save(tmp_path) / name
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: int(len(text) * share)], encoding="utf-8")
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{file}: not valid JSON, perhaps truncated: ")
    assert problem.endswith("restore it from git or delete the run")


@FILES
def test_an_unknown_key_is_named(tmp_path: Path, name: str) -> None:
    file = change(save(tmp_path) / name, colour="red")
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{file}: colour: Extra inputs are not permitted; ")


@pytest.mark.parametrize(("name", "key"), [("run.json", "parts"), (N_BODY, "programs")])
def test_a_missing_key_is_named(tmp_path: Path, name: str, key: str) -> None:
    file = remove(save(tmp_path) / name, key)
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{file}: {key}: Field required; ")


def test_every_file_that_is_wrong_is_named(tmp_path: Path) -> None:
    folder = save(tmp_path)
    files = [change(folder / name, colour="red") for name in (N_BODY, "run.json")]
    assert [problem.partition(": ")[0] for problem in problems(tmp_path)] == [str(file) for file in files]


def test_a_value_that_cannot_be_is_named_with_its_place(tmp_path: Path) -> None:
    file = save(tmp_path) / N_BODY
    invocations = json.loads(file.read_text(encoding="utf-8"))["invocations"]
    invocations[2]["values"][1] = -1.0
    change(file, invocations=invocations)
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{file}: invocations.2.values.1: Input should be greater than 0; ")


@FILES
def test_a_newer_schema_is_set_aside_and_is_no_damage(tmp_path: Path, name: str) -> None:
    file = change(save(tmp_path) / name, schema_version=3)
    (set_aside,) = store.load_store(tmp_path).set_aside
    assert set_aside.reasons == (f"{file}: schema_version: is 3, and this code knows 2; update the project",)
    assert not set_aside.damaged


@FILES
@pytest.mark.parametrize("version", [0, -1, "1", True, None])
def test_a_version_that_is_no_schema_is_named(tmp_path: Path, name: str, version: object) -> None:
    file = change(save(tmp_path) / name, schema_version=version)
    (problem,) = problems(tmp_path)
    assert problem == f"{file}: schema_version: is {version!r}, which is no schema; restore it from git or delete the run"


@pytest.mark.parametrize("moment", ["2026-11-23T09:00:00", "yesterday", None])
def test_a_time_without_a_zone_or_that_is_no_time_is_named(tmp_path: Path, moment: str | None) -> None:
    file = change(save(tmp_path) / "run.json", started=moment)
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{file}: started: ")


def test_a_run_that_ended_before_it_began_is_named(tmp_path: Path) -> None:
    folder = save(tmp_path, synthetic.run(finished=synthetic.STARTED - timedelta(seconds=1)))
    assert problems(tmp_path) == [f"{folder / 'run.json'}: finished: the times of start, parts and end are not in order"]


@pytest.mark.parametrize("id_", ["../../../x", "2026-11-23-testhost-0123456/..", "x", "2026-11-23-<b>-0123456", ""])
def test_a_run_id_that_is_not_of_the_form_is_named(tmp_path: Path, id_: str) -> None:
    file = change(save(tmp_path) / "run.json", id=id_)
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{file}: id: ")


def test_a_folder_that_is_called_otherwise_than_its_run_is_named(tmp_path: Path) -> None:
    folder = save(tmp_path)
    other = folder.rename(tmp_path / "2026-11-23-otherhost-0123456")
    assert problems(tmp_path) == [
        f"{other / 'run.json'}: id: is {folder.name}, and the folder is {other.name}; rename the folder"
    ]


def test_a_result_of_another_run_is_named(tmp_path: Path) -> None:
    folder = save(tmp_path, synthetic.run(), synthetic.result(run="2026-01-01-otherhost-7654321"))
    assert problems(tmp_path) == [f"{folder / N_BODY}: run: belongs to 2026-01-01-otherhost-7654321, not to {synthetic.run().id}"]


def test_a_second_file_for_a_benchmark_is_named(tmp_path: Path) -> None:
    folder = save(tmp_path)
    file = folder / "execution--other.json"
    file.write_bytes((folder / N_BODY).read_bytes())
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{file}: benchmark: is execution/n-body, which belongs into {N_BODY}")


def test_a_planned_file_that_is_missing_is_named(tmp_path: Path) -> None:
    plan = synthetic.plan()
    both = {**plan.programs, "execution/fib": (synthetic.PURE, synthetic.GO)}
    folder = save(tmp_path, synthetic.run(plan=plan.model_copy(update={"programs": both})))
    assert problems(tmp_path)[0].startswith(f"{folder / 'execution--fib.json'}: is missing, and the plan has it; ")


def test_a_journal_beside_a_finished_run_is_named(tmp_path: Path) -> None:
    folder = save(tmp_path)
    (folder / "execution--n-body.jsonl").write_text(synthetic.result(()).model_dump_json() + "\n", encoding="utf-8")
    assert problems(tmp_path) == [f"{folder / 'execution--n-body.jsonl'}: is not of the run; remove it"]


def test_a_folder_with_results_and_without_a_run_is_named(tmp_path: Path) -> None:
    folder = save(tmp_path)
    (folder / "run.json").unlink()
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{folder / 'run.json'}: cannot be read: No such file or directory; ")


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "a b", "", "-a", "x" * 300])
def test_a_host_that_no_host_is_called_is_named(tmp_path: Path, name: str) -> None:
    file = save(tmp_path) / "run.json"
    machine = json.loads(file.read_text(encoding="utf-8"))["machine"]
    change(file, machine=machine | {"hostname": name})
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"{file}: machine.hostname: ")


def test_a_benchmark_that_is_not_planned_is_named(tmp_path: Path) -> None:
    folder = save(tmp_path, synthetic.run(), synthetic.result(), synthetic.result(benchmark="execution/fib"))
    file = folder / "execution--fib.json"
    assert f"{file}: benchmark: execution/fib is not in the plan of run.json" in problems(tmp_path)


def test_a_program_that_is_not_planned_is_named(tmp_path: Path) -> None:
    invocations = synthetic.rounds({synthetic.PURE: 1e-3, "go/library": 1e-4}, count=2)
    folder = save(tmp_path, synthetic.run(), synthetic.result(invocations))
    assert f"{folder / N_BODY}: invocations: go/library is not in the plan of run.json" in problems(tmp_path)


def test_two_invocations_of_one_place_are_named(tmp_path: Path) -> None:
    invocations = (synthetic.invocation(round=3, position=1), synthetic.invocation(round=3, position=1, program=synthetic.GO))
    folder = save(tmp_path, synthetic.run(), synthetic.result(invocations))
    assert problems(tmp_path) == [f"{folder / N_BODY}: invocations: 2 have round 3 and position 1, and one can"]


def test_a_file_that_is_not_of_the_run_is_named(tmp_path: Path) -> None:
    folder = save(tmp_path)
    (folder / "notes.txt").write_text("hello", encoding="utf-8")
    assert problems(tmp_path) == [f"{folder / 'notes.txt'}: is not of the run; remove it"]


def test_the_log_beside_a_run_is_no_problem(tmp_path: Path) -> None:
    (save(tmp_path) / store.LOG).write_text("{}\n", encoding="utf-8")
    assert len(store.load_store(tmp_path).runs) == 1


def test_runs_that_begin_in_the_same_instant_get_folders_of_their_own(tmp_path: Path) -> None:
    names: list[str] = []
    together = threading.Barrier(8)

    def begin() -> None:
        together.wait()
        names.append(store.create_folder(tmp_path, "2026-11-23-testhost-0123456").name)

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(names)) == 8


def test_a_folder_that_cannot_be_made_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("", encoding="utf-8")
    with pytest.raises(ResultError, match=r"results/run: cannot be made: (Not a directory|File exists)"):
        store.create_folder(tmp_path / "results", "run")


def test_an_unfinished_run_is_read_from_its_journals(tmp_path: Path) -> None:
    run = synthetic.run(finished=None)
    folder = store.create_folder(tmp_path, run.id)
    store.save_run(folder, run)
    result = synthetic.result(synthetic.rounds(count=2), complete=False)
    store.open_result(folder, result)
    assert store.load_run(folder).results == {"execution/n-body": result}


def test_a_journal_that_a_kill_left_beside_the_whole_file_does_not_count(tmp_path: Path) -> None:
    run = synthetic.run(finished=None)
    folder = store.create_folder(tmp_path, run.id)
    store.save_run(folder, run)
    whole = synthetic.result(synthetic.rounds(count=2))
    store.close_result(folder, whole)
    store.open_result(folder, synthetic.result(synthetic.rounds(count=1), complete=False))
    assert store.load_run(folder).results == {"execution/n-body": whole}
