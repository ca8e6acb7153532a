from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from bench.catalog.loader import ROOT
from bench.records import store
from bench.records.run import NO_COMMIT, Part
from bench.records.seal import OLD_RUNS, RUN

COMMITTED = ROOT / "bench" / "results"
OLD = sorted(json.loads((COMMITTED / OLD_RUNS).read_text(encoding="utf-8"))["runs"])
WEB, TIMED = "2026-11-25-vm-c04dad8-2", "2026-11-24-vm-6b4541a"


def raw(run: str, name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((COMMITTED / run / name).read_text(encoding="utf-8"))
    return content


def copied(tmp_path: Path, run: str) -> Path:
    """Return a copy of a committed run as a quick one, which needs no list of digests to be used."""
    folder = tmp_path / run
    folder.mkdir()
    for path in (COMMITTED / run).iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    content = raw(run, RUN)
    (folder / RUN).write_text(json.dumps(content | {"plan": content["plan"] | {"profile": "quick"}}), encoding="utf-8")
    return folder


@pytest.mark.parametrize("run", OLD)
def test_committed_runs_are_of_schema_1_as_it_was_published(run: str) -> None:
    folder = ROOT / "bench" / "records" / "schema_1"
    schemas = {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("run", "result")}
    for path in [COMMITTED / run / RUN, *(COMMITTED / run).glob(store.RESULTS)]:
        schema = schemas["run" if path.name == RUN else "result"]
        Draft202012Validator(schema).validate(json.loads(path.read_text(encoding="utf-8")))


def test_a_run_of_schema_1_has_one_part_with_what_was_the_runs(tmp_path: Path) -> None:
    before, after = raw(WEB, RUN), store.load_run(copied(tmp_path, WEB)).run
    assert after.parts == (
        Part(
            started=after.started,
            commit=before["commit"],
            dirty=before["dirty"],
            harness=None,
            database=before["database"],
            command=before["command"],
        ),
    )


def test_forty_zeros_stood_for_no_repository(tmp_path: Path) -> None:
    folder = copied(tmp_path, WEB)
    before = json.loads((folder / RUN).read_text(encoding="utf-8"))
    (folder / RUN).write_text(json.dumps(before | {"commit": "0" * 40}), encoding="utf-8")
    assert store.load_run(folder).run.commit == NO_COMMIT


@pytest.mark.parametrize("run", [WEB, TIMED])
def test_nothing_that_was_measured_changes(tmp_path: Path, run: str) -> None:
    stored = store.load_run(copied(tmp_path, run))
    for name, result in stored.results.items():
        before = raw(run, store.result_name(name))["invocations"]
        after = [json.loads(one.model_dump_json(exclude={"foreign"})) for one in result.invocations]
        for invocation in after:
            invocation["readings"] = [
                {("figures" if key == "metrics" else key): value for key, value in reading.items()}
                for reading in invocation["readings"]
            ]
        assert after == [{"beside": None, "gil": None, "readings": [], "failure": None} | invocation for invocation in before]


def test_the_plan_names_every_program_that_was_tried_or_could_not_be(tmp_path: Path) -> None:
    stored = store.load_run(copied(tmp_path, TIMED))
    for name, programs in stored.run.plan.programs.items():
        before = raw(TIMED, store.result_name(name))
        assert set(programs) == {*before["loops"], *before["unavailable"]}


def test_terms_that_were_made_one_keep_their_numbers(tmp_path: Path) -> None:
    stored = store.load_run(copied(tmp_path, WEB))
    before, plan = raw(WEB, RUN)["plan"], stored.run.plan
    assert (plan.aa_controls, plan.min_http_rounds) == (before["controls"], before["served"])
    for name, result in stored.results.items():
        old = raw(WEB, store.result_name(name))
        assert (result.max_half_width, result.min_pairs) == (old["widest"], old["fewest"])


def test_what_a_run_of_schema_1_does_not_say_of_its_programs_is_taken_from_the_digests(tmp_path: Path) -> None:
    assert {name for name, result in store.load_run(copied(tmp_path, WEB)).results.items() if result.programs} == set()
    old = json.loads((COMMITTED / OLD_RUNS).read_text(encoding="utf-8"))["runs"][WEB]["programs"]
    (stored,) = [stored for stored in store.load_store(COMMITTED).runs if stored.run.id == WEB]
    assert {name: result.programs for name, result in stored.results.items() if result.programs} == old


@pytest.mark.parametrize(("name", "key"), [(RUN, "plan"), (RUN, "commit"), ("web--json-latency.json", "invocations")])
def test_a_key_that_the_migration_lacks_is_named(tmp_path: Path, name: str, key: str) -> None:
    folder = copied(tmp_path, WEB)
    content = raw(WEB, name)
    del content[key]
    (folder / name).write_text(json.dumps(content), encoding="utf-8")
    (set_aside,) = store.load_store(tmp_path).set_aside
    assert set_aside.reasons[0].startswith(f"{folder / name}: {key}: is missing")
