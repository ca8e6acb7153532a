from __future__ import annotations

import csv
import errno
import gzip
import json
import os
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bench.analyse.records import Confirmation, ConfirmationState, Interval
from bench.records.files import ResultError, sha256
from bench.records.store import result_name
from scripts.publish import export as exporting
from scripts.publish.export import add_raw_data, export, index
from scripts.publish.facts.data import SiteData, load
from scripts.publish.figures.figures import names
from scripts.publish.style.addresses import figure_file, run_file
from tests import project, synthetic
from tests.kinds import first
from tests.publish import made

N_BODY = made.CATALOG.benchmark("execution/n-body")
FEW = (N_BODY, made.CATALOG.benchmark("memory/base-empty"), made.CATALOG.benchmark("web/json"))
OVERVIEW = Path("docs", "data", "figures", "overview.png")
STALE = Path("docs", "data", "runs", "gone", "run.json")

States = dict[Path, tuple[int, str]]


def states(folder: Path) -> States:
    """Return time of change and digest of every file."""
    return {path: (path.stat().st_mtime_ns, sha256(path.read_bytes())) for path in sorted(folder.rglob("*")) if path.is_file()}


def unpacked(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def read(path: Path) -> dict[str, Any]:
    return dict(json.loads(unpacked(path)))


def test_every_figure_is_written_in_every_form(exported: Path, empty: SiteData) -> None:
    stems = {name.replace("/", "--") for name in names(empty)}
    written = {path.name for path in (exported / "docs" / "data" / "figures").iterdir()}
    assert written == {f"{stem}.{suffix}" for stem in stems for suffix in ("svg", "png", "csv", "vl.json")}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[] if name.replace("/", "--") in project.SAMPLE else pytest.mark.every)
        for name in names(load(made.ROOT, Path("nowhere")))
    ],
)
def test_every_figure_is_as_wide_as_a_phone(exported: Path, name: str) -> None:
    file = exported / "docs" / figure_file(name.replace("/", "--"), "svg")
    root = ET.parse(file).getroot()  # noqa: S314  made by the fixture
    assert 360 <= float(root.get("width", "0")) <= 420


@dataclass(frozen=True)
class Again:
    """A project with a run of a few benchmarks and a few figures, exported twice."""

    root: Path
    before: States
    """What there was before a figure was deleted and a file was added that nothing makes."""


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory, beside: Callable[..., Any]) -> Again:
    root = project.copy(tmp_path_factory.mktemp("again"), "bench", "go_examples")
    made.save(root / "bench" / "results", benchmarks=FEW)
    beside(export_few, root)
    before = states(root)
    (root / OVERVIEW).unlink()
    (root / STALE).parent.mkdir(parents=True)
    (root / STALE).write_text("{}", encoding="utf-8")
    beside(export_few, root)
    return Again(root, before)


def export_few(root: Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(exporting, "names", lambda _: ("overview", *(benchmark.id for benchmark in FEW)))
        export(root, root / "bench" / "results")


def test_exporting_again_touches_nothing_that_is_there(again: Again) -> None:
    drawn = again.root / OVERVIEW
    assert {**states(again.root), drawn: again.before[drawn]} == again.before


def test_what_is_no_longer_made_is_removed(again: Again) -> None:
    assert not (again.root / STALE).parent.exists()


def test_a_figure_that_was_deleted_is_drawn_again(again: Again) -> None:
    drawn = again.root / OVERVIEW
    assert sha256(drawn.read_bytes()) == again.before[drawn][1]


def test_nothing_is_written_outside_data_and_build(exported: Path) -> None:
    tracked = project.copy(exported.parent / "beside")
    extra = {path.relative_to(exported) for path in exported.rglob("*") if path.is_file()}
    extra -= {path.relative_to(tracked) for path in tracked.rglob("*") if path.is_file()}
    assert {path.parts[:2] for path in extra} == {
        ("docs", "data"),
        ("build", "figures.json"),
        ("build", "analysis"),
        ("bench", "results"),
    }


@pytest.fixture(scope="module")
def built(published: SiteData, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the raw data of a run alone."""
    folder = tmp_path_factory.mktemp("built")
    add_raw_data(published, folder / "before", folder)
    return folder


@pytest.mark.parametrize("name", ["run.json", result_name(N_BODY.id)])
def test_a_run_is_published_byte_for_byte(built: Path, exported: Path, name: str) -> None:
    run = synthetic.run().id
    source = exported / "bench" / "results" / run / name
    assert unpacked(built / run_file(run, name)) == source.read_bytes()


def test_what_else_a_run_has_beside_it_is_not_published(results: Path, tmp_path: Path) -> None:
    run = made.save(results, benchmarks=FEW)
    for name in ("bench.log", "estimates.json", ".gitignore"):
        (results / run.id / name).write_text("{}", encoding="utf-8")
    add_raw_data(load(made.ROOT, results), tmp_path / "before", tmp_path / "built")
    names = {path.name for path in (tmp_path / "built" / "data" / "runs" / run.id).iterdir()}
    assert names == {"run.json", *(f"{result_name(benchmark.id)}.gz" for benchmark in FEW)}


def test_a_run_is_packed_into_the_same_bytes_each_time(results: Path, tmp_path: Path) -> None:
    run = made.save(results, benchmarks=FEW)
    for folder in ("one", "other"):
        add_raw_data(load(made.ROOT, results), tmp_path / "none", tmp_path / folder)
    one, other = (tmp_path / folder / run_file(run.id, result_name(N_BODY.id)) for folder in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


def test_the_raw_data_of_a_run_that_has_not_changed_is_moved_and_not_packed_again(results: Path, tmp_path: Path) -> None:
    run = made.save(results, benchmarks=FEW)
    site = load(made.ROOT, results)
    add_raw_data(site, tmp_path / "none", tmp_path / "before")
    first = (tmp_path / "before" / run_file(run.id)).stat().st_ino
    add_raw_data(site, tmp_path / "before", tmp_path / "built")
    assert (tmp_path / "built" / run_file(run.id)).stat().st_ino == first


def test_the_raw_data_of_a_run_that_has_changed_is_copied(results: Path, tmp_path: Path) -> None:
    run = made.save(results, benchmarks=FEW)
    site = load(made.ROOT, results)
    add_raw_data(site, tmp_path / "none", tmp_path / "before")
    (tmp_path / "before" / run_file(run.id)).write_text("other", encoding="utf-8")
    add_raw_data(site, tmp_path / "before", tmp_path / "built")
    assert (tmp_path / "built" / run_file(run.id)).read_bytes() == (results / run.id / "run.json").read_bytes()


@pytest.mark.parametrize(("name", "schema"), [("run.json", "run"), (result_name(N_BODY.id), "result")])
def test_a_published_file_satisfies_the_published_schema(built: Path, exported: Path, name: str, schema: str) -> None:
    data = exported / "docs" / "data"
    jsonschema.validate(read(built / run_file(synthetic.run().id, name)), read(data / "schema" / f"{schema}.json"))


@pytest.mark.parametrize("name", ["run", "result"])
def test_the_schema_of_version_1_is_published_as_it_was_frozen(exported: Path, name: str) -> None:
    published = exported / "docs" / "data" / "schema" / "1" / f"{name}.json"
    assert published.read_bytes() == (made.ROOT / "bench" / "records" / "schema_1" / f"{name}.json").read_bytes()


@pytest.mark.parametrize("name", ["run", "result"])
def test_a_committed_run_of_version_1_satisfies_its_schema(exported: Path, name: str) -> None:
    folder = made.ROOT / "bench" / "results" / "2026-11-24-vm-6b4541a"
    stored = folder / {"run": "run.json", "result": result_name(N_BODY.id)}[name]
    jsonschema.validate(read(stored), read(exported / "docs" / "data" / "schema" / "1" / f"{name}.json"))


def test_the_catalog_satisfies_its_published_schema(exported: Path) -> None:
    schema = read(exported / "docs" / "data" / "schema" / "catalog.json")
    jsonschema.validate(made.CATALOG.model_dump(mode="json"), schema)


def test_the_table_of_a_figure_has_a_row_for_each_program(exported: Path) -> None:
    with (exported / "docs" / "data" / "figures" / "execution--n-body.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    compiled = synthetic.PURE.replace("pure", "compiled")
    assert [row["program"] for row in rows] == [
        synthetic.PURE,
        f"{synthetic.PURE}-jit",
        compiled,
        f"{compiled}-jit",
        synthetic.GO,
    ]
    assert all(float(row["low"]) <= float(row["value"]) <= float(row["high"]) for row in rows)


# --- Where files go, and where they cannot ---


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project without results, in which one figure is drawn."""
    monkeypatch.setattr(exporting, "names", lambda _: ("overview",))
    return project.copy(tmp_path / "project", "bench", "go_examples")


def why_not(bare: Path, path: Path) -> str:
    """Export on a disk that is full once half of a file is written, and return what is said."""
    write = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if self.name != f".{path.name}.part" or self.parent != path.parent:
            return write(self, content)
        write(self, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(exporting, "names", lambda _: ("overview",))
        patched.setattr(Path, "write_bytes", full)
        with pytest.raises(ResultError) as caught:
            export(bare, bare / "bench" / "results")
    return str(caught.value)


@pytest.mark.parametrize("name", first(["docs/data/figures/overview.png", "docs/data/index.json", "build/figures.json"]))
def test_a_full_disk_is_an_error_that_names_the_file(bare: Path, beside: Callable[..., Any], name: str) -> None:
    assert beside(why_not, bare, bare / name) == f"{bare / name}: could not be written: No space left on device"


@pytest.mark.parametrize("name", first(["docs/data/figures/overview.png", "docs/data/index.json", "build/figures.json"]))
def test_a_full_disk_leaves_the_old_file_and_nothing_half_written(bare: Path, beside: Callable[..., Any], name: str) -> None:
    (bare / name).parent.mkdir(parents=True, exist_ok=True)
    (bare / name).write_text("{}", encoding="utf-8")
    beside(why_not, bare, bare / name)
    assert (bare / name).read_text(encoding="utf-8") == "{}"
    assert list(bare.rglob("*.part")) == []


def test_a_folder_that_leads_out_of_the_data_is_refused(bare: Path, tmp_path: Path) -> None:
    (bare / "docs" / "data").mkdir(parents=True)
    (bare / "docs" / "data" / "schema").symlink_to(tmp_path)
    with pytest.raises(ResultError, match=r"docs/data/schema/run\.json: leads out of .*docs/data, "):
        export(bare, bare / "bench" / "results")
    assert not (tmp_path / "run.json").exists()


def test_a_link_in_place_of_a_file_is_replaced_and_not_followed(bare: Path, tmp_path: Path) -> None:
    (bare / "docs" / "data").mkdir(parents=True)
    (tmp_path / "elsewhere").write_text("kept", encoding="utf-8")
    (bare / "docs" / "data" / "index.json").symlink_to(tmp_path / "elsewhere")
    export(bare, bare / "bench" / "results")
    assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "kept"
    assert not (bare / "docs" / "data" / "index.json").is_symlink()


def test_a_run_whose_id_leads_out_of_the_data_is_refused(tmp_path: Path, published: SiteData) -> None:
    (stored,) = published.runs
    evil = replace(stored, run=stored.run.model_copy(update={"id": "../../../x"}))  # which no load lets through
    with pytest.raises(ResultError, match=r"x/run\.json: leads out of"):
        add_raw_data(replace(published, runs=(evil,)), tmp_path / "before", tmp_path / "built" / "site")
    assert not (tmp_path / "built" / "x").exists()


def test_the_index_has_every_benchmark_and_the_ratios_of_the_measured(published: SiteData) -> None:
    entries = index(published)["benchmarks"]
    assert [entry["id"] for entry in entries] == [benchmark.id for benchmark in made.CATALOG.benchmarks]
    assert all(entry["ratios"] for entry in entries)


@pytest.mark.parametrize(("state", "by"), [("confirmed", "other"), ("not confirmed", None), ("too wide", None)])
def test_the_index_names_a_run_as_confirming_only_where_it_does(
    published: SiteData, state: ConfirmationState, by: str | None
) -> None:
    second = Confirmation(run="other", state=state, change=1.01, interval=Interval(low=0.99, high=1.03, confidence=0.95))
    entries = index(replace(published, confirmations={N_BODY.id: second}))["benchmarks"]
    entry = next(one for one in entries if one["id"] == N_BODY.id)
    assert (entry["confirmed_by"], entry["confirmation"]["state"], entry["confirmation"]["band"]) == (by, state, 1.05)
    assert entries[0]["confirmation"] is None


def test_the_index_holds_no_figure_that_may_not_be_published(results: Path) -> None:
    slow = synthetic.run(pythons=(synthetic.python_runtime(canary=synthetic.canary(1.6)),))
    made.save(results, slow, (N_BODY,))
    entry = next(e for e in index(load(made.ROOT, results))["benchmarks"] if e["id"] == N_BODY.id)
    assert {ratio["publishable"] for ratio in entry["ratios"]} == {False}
    assert [ratio for ratio in entry["ratios"] if "ratio" in ratio] == []
    python = next(program for program in entry["programs"] if program["program"] == synthetic.PURE)
    assert python["value"] is None
