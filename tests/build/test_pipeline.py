"""The whole pipeline, once, in a copy of the project: measure at the least effort, analyse, publish."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from bench.catalog import load_catalog
from bench.records import store
from bench.records.profiles import PROFILES
from bench.records.run import Run
from bench.records.store import StoredRun
from tests.build.commands import Finished, build, command, edit, environment, error, succeeded

FIB = "execution/fib"
MEASURED = (FIB, "execution/empty-loop", "execution/start-empty", "memory/base-empty", "concurrency/lateness")
"""What `make site` measures in the copy: a benchmark for each instrument but `http`, whose ten servers take a minute a round.

That every program gives its answer, and what an invocation of a server does, is tested apart.
"""


@dataclass(frozen=True)
class Smoke:
    """A copy of the project whose site was built with a smoke run."""

    root: Path
    done: Finished
    stored: StoredRun


def runs(root: Path) -> tuple[StoredRun, ...]:
    return store.load_store(root / "build" / "results").runs


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def same_interpreter(smoke: Smoke) -> tuple[str, str]:
    """Return the option that saves looking for the best interpreter again."""
    return "--python", smoke.stored.run.pythons[0].specification


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def choose(catalog: Path) -> None:
    """Let `make site` measure the benchmarks of MEASURED and no others, and of lateness a hundredth of the sleeps."""
    edit(
        catalog / "concurrency.toml",
        "sleeps = 10_000, milliseconds = 10, rounds = 10",
        "sleeps = 100, milliseconds = 10, rounds = 1",
    )
    for path in catalog.glob("*.toml"):
        head, *entries = path.read_text(encoding="utf-8").replace("quick = false\n", "").split("[[benchmark]]\n")
        for number, entry in enumerate(entries):
            if not entry.startswith(tuple(f'id = "{id_}"\n' for id_ in MEASURED)):
                entries[number] = entry.replace("\n", "\nquick = false\n", 1)
        path.write_text("[[benchmark]]\n".join((head, *entries)), encoding="utf-8")


@pytest.fixture(scope="module")
def smoke(drawn: Path, tmp_path_factory: pytest.TempPathFactory) -> Smoke:
    root = Path(shutil.copytree(drawn, tmp_path_factory.mktemp("smoke") / "project"))
    choose(root / "bench" / "catalog")
    done = succeeded(build(root, "site", "--profile", "smoke"))
    (stored,) = runs(root)
    return Smoke(root, done, stored)


def test_the_site_is_built(smoke: Smoke) -> None:
    assert (smoke.root / "site" / "index.html").is_file()


def test_nothing_warns(smoke: Smoke) -> None:
    said = (smoke.done.stdout + smoke.done.stderr).splitlines()
    assert [line for line in said if "WARNING" in line or "deprecat" in line.lower()] == []


def test_every_program_that_make_site_measures_is_measured_in_every_round(smoke: Smoke) -> None:
    python = smoke.stored.run.pythons[0].name
    measured = [benchmark for benchmark in load_catalog(smoke.root).benchmarks if benchmark.quick]
    assert {benchmark.id for benchmark in measured} == set(MEASURED) == set(smoke.stored.results)
    assert {benchmark.instrument for benchmark in measured} == {"time", "memory", "observe", "command"}
    for benchmark in measured:
        result = smoke.stored.results[benchmark.id]
        programs = {f"python/{tier}/{python}" for tier in benchmark.python} | {f"go/{tier}" for tier in benchmark.go}
        rounds = range(len({i.round for i in result.invocations}))
        assert len(rounds) >= PROFILES["smoke"].min_pairs
        ordinary = {(i.round, i.program) for i in result.invocations if not i.control}
        assert ordinary == set(product(rounds, programs - set(result.unavailable)))


def test_every_answer_of_a_benchmark_is_the_same(smoke: Smoke) -> None:
    answers = {name: {i.checksum for i in result.invocations} for name, result in smoke.stored.results.items()}
    assert all(len(given) == 1 and None not in given for given in answers.values()), answers


def test_every_value_spans_the_plans_time_but_for_noise(smoke: Smoke) -> None:
    least = smoke.stored.run.plan.value_time / 3
    catalog = load_catalog(smoke.root)
    short = [
        (name, i.program)
        for name, result in smoke.stored.results.items()
        if catalog.benchmark(name).instrument == "time"  # the others are not repeated until they take long enough
        for i in result.invocations
        if max(i.values) * i.loops < least
    ]
    assert short == []


def test_controls_of_both_languages_are_measured(smoke: Smoke) -> None:
    controls = {i.program.partition("/")[0] for result in smoke.stored.results.values() for i in result.invocations if i.control}
    assert controls == {"python", "go"}


def test_the_result_files_are_valid_by_the_published_schema(smoke: Smoke) -> None:
    schemas = smoke.root / "site" / "data" / "schema"
    for name, paths in (("run", [smoke.stored.folder / "run.json"]), ("result", sorted(smoke.stored.folder.glob("*--*.json")))):
        schema = json.loads((schemas / f"{name}.json").read_text(encoding="utf-8"))
        Draft202012Validator.check_schema(schema)
        assert paths
        for path in paths:
            Draft202012Validator(schema).validate(json.loads(path.read_text(encoding="utf-8")))


def test_smoke_numbers_are_nowhere_shown_as_results(smoke: Smoke) -> None:
    assert not (smoke.root / "bench" / "results").exists()
    run = smoke.stored.run.id.encode()
    assert [path for path, content in files(smoke.root / "site").items() if run in content] == []


def test_the_run_tells_what_it_was_measured_with(smoke: Smoke) -> None:
    run = smoke.stored.run
    assert run.finished is not None
    assert "pyperf" in run.pythons[0].packages
    assert run.go.build_settings["-trimpath"] == "true"
    assert [part.command for part in run.parts] == ["scripts/build.py site --profile smoke"]


def test_a_second_run_measures_nothing(smoke: Smoke) -> None:
    before = files(smoke.root / "build" / "results")
    assert "Nothing to measure" in succeeded(build(smoke.root, "site", "--profile", "smoke", *same_interpreter(smoke))).stderr
    assert files(smoke.root / "build" / "results") == before


def cut_short(smoke: Smoke, *, only: str = "*", **changes: object) -> Run:
    """Store the first run once more as one of a single benchmark that was cut short before that had begun, with changes."""
    before = smoke.stored.run
    plan = before.plan.model_copy(update={"programs": {FIB: before.plan.programs[FIB]}, "only": only})
    folder = store.create_folder(smoke.root / "build" / "results", before.id)
    run = before.model_copy(update={"id": folder.name, "finished": None, "seal": None, "plan": plan} | changes)
    store.save_run(folder, run)
    return run


@dataclass(frozen=True)
class Edited:
    """What `make site` did after a page, a Go file and a Python program were edited, and with a run that was cut short."""

    resumed: StoredRun
    new: tuple[StoredRun, ...]


@pytest.fixture(scope="module")
def edited(smoke: Smoke) -> Edited:
    append(smoke.root / "docs" / "basics.md", "\nA sentence that was not there.\n")
    append(smoke.root / "go_examples" / "execution" / "fib" / "fib.go", "\nvar edited = 1\n")
    append(smoke.root / "bench" / "workloads" / "execution" / "empty_loop.py", "edited = 1\n")
    run = cut_short(smoke)
    before = {stored.run.id for stored in runs(smoke.root)}
    succeeded(build(smoke.root, "site", "--profile", "smoke", *same_interpreter(smoke)))
    after = {stored.run.id: stored for stored in runs(smoke.root)}
    return Edited(after[run.id], tuple(after[name] for name in after.keys() - before))


@pytest.mark.every  # what is lacking after an edit, and what is resumed, is tested without a site as well
def test_the_site_shows_an_edited_page(smoke: Smoke, edited: Edited) -> None:
    assert edited.resumed.run.finished
    assert "A sentence that was not there." in (smoke.root / "site" / "basics" / "index.html").read_text(encoding="utf-8")


@pytest.mark.every
def test_the_site_resumes_what_was_cut_short(edited: Edited) -> None:
    assert (set(edited.resumed.results), edited.resumed.run.finished is not None) == ({FIB}, True)


@pytest.mark.every
def test_after_edits_what_they_concern_is_measured_and_nothing_else(edited: Edited) -> None:
    (new,) = edited.new
    assert set(new.run.plan.benchmarks) == set(new.results) == {"execution/empty-loop"}


@pytest.mark.every
@pytest.mark.parametrize("changed", ["interpreter", "machine"])
def test_a_run_that_cannot_be_resumed_stays_and_does_not_stand_in_the_way(smoke: Smoke, changed: str) -> None:
    run = smoke.stored.run
    gone = run.pythons[0].model_copy(update={"specification": "/nowhere/python"})
    other = run.machine.model_copy(update={"kernel": "Linux 1.0"})
    changes = {"pythons": (gone,)} if changed == "interpreter" else {"machine": other}
    left = cut_short(smoke, only="execution/regex", **changes)
    why = "there is no /nowhere/python" if changed == "interpreter" else "the machine has changed since"
    done = succeeded(build(smoke.root, "site", "--profile", "smoke", "--only", "execution/regex"))
    shutil.rmtree(smoke.root / "build" / "results" / left.id)
    assert re.search(rf"(?m)^{re.escape(left.id)} was cut short and stays so: .*{re.escape(why)}", done.stderr)
    assert "Resuming" not in done.stderr


def test_what_cannot_be_resumed_as_it_was_begun_is_refused_with_the_difference(smoke: Smoke) -> None:
    left = cut_short(smoke)
    message = error(build(smoke.root, "bench", "--profile", "smoke", "--only", "execution/regex", "--resume"))
    shutil.rmtree(smoke.root / "build" / "results" / left.id)
    assert message == (
        f"{left.id} cannot be resumed: it was begun with --only '*', and now --only execution/regex is asked for; "
        "leave --resume out to begin a new run"
    )


def started(smoke: Smoke, *arguments: str) -> subprocess.Popen[str]:
    """Start the build script without waiting for it."""
    return subprocess.Popen(
        command(*arguments),
        cwd=smoke.root,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


BENCH = ("bench", "--profile", "smoke", "--only", FIB)


def test_the_second_of_two_that_measure_ends_with_a_status_of_its_own_and_disturbs_nothing(smoke: Smoke) -> None:
    before = {stored.run.id for stored in runs(smoke.root)}
    first = started(smoke, *BENCH, *same_interpreter(smoke), "--again")
    live = first_invocations(smoke.root, before, first)
    first.send_signal(signal.SIGSTOP)  # however long the others take
    refused = [build(smoke.root, *second, "--profile", "smoke") for second in (("bench", "--resume"), ("site",))]
    first.send_signal(signal.SIGCONT)
    first.communicate(timeout=120)
    assert [done.returncode for done in refused] == [os.EX_TEMPFAIL] * 2
    assert all(f"this machine is being measured by process {first.pid} of " in error(done) for done in refused)
    stored = store.load_run(live)
    assert first.returncode == 0
    assert (stored.run.finished is not None, len(stored.run.parts)) == (True, 1)


@pytest.mark.every  # test_stops.py stops a run by each of these signals
@pytest.mark.parametrize(
    ("number", "status"),
    [
        pytest.param(signal.SIGINT, 130, id="Ctrl-C"),
        pytest.param(signal.SIGTERM, 143, id="kill"),
        pytest.param(signal.SIGKILL, -signal.SIGKILL, id="kill -9"),
    ],
)
def test_a_run_that_was_stopped_keeps_what_is_finished_and_is_resumed(smoke: Smoke, number: int, status: int) -> None:
    before = {stored.run.id for stored in runs(smoke.root)}
    running = started(smoke, *BENCH, *same_interpreter(smoke), "--again")
    stopped = first_invocations(smoke.root, before, running)
    os.kill(running.pid, number)
    _, output = running.communicate(timeout=60)
    assert running.returncode == status
    assert number == signal.SIGKILL or "--resume continues it" in output
    kept = store.load_run(stopped).results[FIB].invocations
    assert len(kept) >= 2
    succeeded(build(smoke.root, *BENCH, *same_interpreter(smoke), "--resume"))
    resumed = store.load_run(stopped)
    assert resumed.results[FIB].invocations[: len(kept)] == kept
    slots = [(i.round, i.position) for i in resumed.results[FIB].invocations]
    assert len(slots) == len(set(slots))
    assert resumed.results[FIB].complete
    assert resumed.run.finished is not None
    assert [path.name for path in stopped.iterdir() if path.name.startswith(".") or path.suffix == ".jsonl"] == []
    assert {stored.run.id for stored in runs(smoke.root)} == before | {resumed.run.id}


def first_invocations(root: Path, known: set[str], started: subprocess.Popen[str]) -> Path:
    """Wait until a new run has two invocations on disk, and return its folder."""
    while started.poll() is None:
        for folder in (path.parent for path in (root / "build" / "results").glob("*/run.json")):
            result = None if folder.name in known else store.load_run(folder).results.get(FIB)
            if result is not None and len(result.invocations) >= 2:
                return folder
        time.sleep(0.05)
    raise AssertionError(started.communicate()[1])
