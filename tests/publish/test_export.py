from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bench.records.store import result_name
from scripts.publish.export import export, index
from scripts.publish.facts.data import SiteData, load
from scripts.publish.figures.figures import names
from tests import project, synthetic
from tests.publish import made

N_BODY = made.CATALOG.benchmark("execution/n-body")
OVERVIEW = Path("docs", "data", "figures", "overview.png")
STALE = Path("docs", "data", "runs", "gone", "run.json")

States = dict[Path, tuple[int, bytes]]


def states(folder: Path) -> States:
    """Return time of change and content of every file."""
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()}


def read(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_every_figure_is_written_in_every_form(exported: Path) -> None:
    site = load(exported, exported / "bench" / "results")
    stems = {name.replace("/", "--") for name in names(site)}
    written = {path.name for path in (exported / "docs" / "data" / "figures").iterdir()}
    assert written == {f"{stem}.{suffix}" for stem in stems for suffix in ("svg", "png", "csv", "vl.json")}


@pytest.fixture(scope="module")
def again(exported: Path) -> States:
    """Export once more, after a figure was deleted and a file was added that nothing makes; return what was there before."""
    before = states(exported)
    (exported / OVERVIEW).unlink()
    (exported / STALE).parent.mkdir(parents=True)
    (exported / STALE).write_text("{}", encoding="utf-8")
    export(exported, exported / "bench" / "results")
    return before


def test_exporting_again_touches_nothing_that_is_there(exported: Path, again: States) -> None:
    drawn = exported / OVERVIEW
    assert {**states(exported), drawn: again[drawn]} == again


@pytest.mark.usefixtures("again")
def test_what_is_no_longer_made_is_removed(exported: Path) -> None:
    assert not (exported / STALE).parent.exists()


def test_a_figure_that_was_deleted_is_drawn_again(exported: Path, again: States) -> None:
    drawn = exported / OVERVIEW
    assert drawn.read_bytes() == again[drawn][1]


def test_nothing_is_written_outside_data_and_build(exported: Path) -> None:
    tracked = project.copy(exported.parent / "beside")
    extra = {path.relative_to(exported) for path in exported.rglob("*") if path.is_file()}
    extra -= {path.relative_to(tracked) for path in tracked.rglob("*") if path.is_file()}
    assert {path.parts[:2] for path in extra} == {("docs", "data"), ("build", "figures.json"), ("bench", "results")}


def test_a_run_is_published_byte_for_byte(exported: Path) -> None:
    run = synthetic.run().id
    for name in ("run.json", result_name(N_BODY.id)):
        source = exported / "bench" / "results" / run / name
        assert (exported / "docs" / "data" / "runs" / run / name).read_bytes() == source.read_bytes()


@pytest.mark.parametrize(("name", "schema"), [("run.json", "run"), (result_name(N_BODY.id), "result")])
def test_a_published_file_satisfies_the_published_schema(exported: Path, name: str, schema: str) -> None:
    data = exported / "docs" / "data"
    jsonschema.validate(read(data / "runs" / synthetic.run().id / name), read(data / "schema" / f"{schema}.json"))


def test_the_catalog_satisfies_its_published_schema(exported: Path) -> None:
    schema = read(exported / "docs" / "data" / "schema" / "catalog.json")
    jsonschema.validate(made.CATALOG.model_dump(mode="json"), schema)


def test_the_table_of_a_figure_has_a_row_for_each_program(exported: Path) -> None:
    with (exported / "docs" / "data" / "figures" / "execution--n-body.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["program"] for row in rows] == [synthetic.PURE, f"{synthetic.PURE}-jit", synthetic.GO]
    assert all(float(row["low"]) <= float(row["value"]) <= float(row["high"]) for row in rows)


def test_the_index_has_every_benchmark_and_the_ratios_of_the_measured(measured: SiteData) -> None:
    entries = index(measured)["benchmarks"]
    assert [entry["id"] for entry in entries] == [benchmark.id for benchmark in made.CATALOG.benchmarks]
    assert all(entry["ratios"] for entry in entries)


def test_the_index_holds_no_figure_that_may_not_be_published(results: Path) -> None:
    slow = synthetic.run(pythons=(synthetic.python_runtime(canary=synthetic.canary(1.6)),))
    made.save(results, slow, (N_BODY,))
    entry = next(e for e in index(load(made.ROOT, results))["benchmarks"] if e["id"] == N_BODY.id)
    assert [ratio["publishable"] for ratio in entry["ratios"]] == [False]
    assert "ratio" not in entry["ratios"][0]
    python = next(program for program in entry["programs"] if program["program"] == synthetic.PURE)
    assert python["value"] is None
