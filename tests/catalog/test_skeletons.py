from __future__ import annotations

import ast
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bench.catalog import Catalog, gotests, load_catalog, skeletons
from bench.catalog.skeletons import Edit, SkeletonError
from bench.catalog.unfinished import unfinished
from scripts.publish.site import pages
from tests import project
from tests.cataloged import CATALOG
from tests.workloads.golang import go as golang

PAGE = "performance/data-in-memory"
TIMED = [b for b in CATALOG.benchmarks if b.instrument == "time" and (*b.python, *b.go) == ("pure", "standard-library")]
PLAIN, WITH_FILE = (next(b.id for b in TIMED if bool(b.files) == given) for given in (False, True))
"""Benchmarks of one program in each language, without a file for an argument and with one."""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what skeletons read and are written into."""
    return project.copy(tmp_path_factory.mktemp("copied"), "bench/catalog", "bench/workloads", "go_examples", "docs")


@pytest.fixture
def root(copied: Path, tmp_path: Path) -> Path:
    """The same to write into: links to the files of the copy, of which `write` replaces what it changes."""
    return Path(shutil.copytree(copied, tmp_path / "project", copy_function=os.link))


def write(root: Path, edits: tuple[Edit, ...]) -> Catalog:
    """Write a skeleton; return the catalog with it, which has to be valid."""
    for edit in edits:
        (root / edit.path).parent.mkdir(parents=True, exist_ok=True)
        (root / edit.path).unlink(missing_ok=True)
        (root / edit.path).write_text(edit.text, encoding="utf-8")
    return load_catalog(root)


def refusal(root: Path, benchmark_id: str, page: str | None = None) -> str:
    with pytest.raises(SkeletonError) as caught:
        skeletons.benchmark(CATALOG, root, benchmark_id, None, page)
    return str(caught.value)


def new_files(edits: tuple[Edit, ...]) -> list[str]:
    return [edit.path for edit in edits if edit.new]


def test_a_benchmark_has_a_program_of_each_language_and_gos_test(root: Path) -> None:
    assert new_files(skeletons.benchmark(CATALOG, root, "execution/made-up", None, PAGE)) == [
        "bench/workloads/execution/made_up.py",
        "go_examples/execution/madeup/madeup.go",
        "go_examples/execution/madeup/madeup_test.go",
    ]


@pytest.mark.parametrize(("benchmark_id", "instrument"), [("execution/made-up", "time"), ("memory/made-up", "memory")])
def test_a_skeleton_lacks_nothing_but_what_is_to_be_filled_in(root: Path, benchmark_id: str, instrument: str) -> None:
    catalog = write(root, skeletons.benchmark(CATALOG, root, benchmark_id, None, None))
    assert catalog.benchmark(benchmark_id).instrument == instrument
    assert [*gotests.mistakes(catalog, root), *pages.mistakes(root, catalog)] == []


@pytest.mark.parametrize("benchmark_id", ["execution/made-up", "memory/made-up"])
def test_every_file_of_a_skeleton_is_to_be_filled_in_but_the_generated_test(root: Path, benchmark_id: str) -> None:
    edits = skeletons.benchmark(CATALOG, root, benchmark_id, None, None)
    write(root, edits)
    asked = {place.partition(":")[0] for place in unfinished(root)}
    assert asked == {edit.path for edit in edits if not edit.path.endswith("_test.go")}


def test_an_entry_asks_for_what_nobody_can_guess(root: Path) -> None:
    write(root, skeletons.benchmark(CATALOG, root, "execution/made-up", None, PAGE))
    keys = [place.split(": ")[2] for place in unfinished(root) if "execution.toml" in place]
    assert keys == ["title", "question", "input", "check.answer", "check.source"]


@pytest.mark.parametrize("benchmark_id", ["execution/made-up", "memory/made-up"])
def test_a_python_skeleton_is_a_program(root: Path, benchmark_id: str) -> None:
    edits = skeletons.benchmark(CATALOG, root, benchmark_id, None, None)
    (program,) = (ast.parse(edit.text) for edit in edits if edit.path.endswith(".py"))
    assert [node.name for node in program.body if isinstance(node, ast.FunctionDef)] == ["run"]


@pytest.mark.parametrize("benchmark_id", ["execution/made-up", "memory/made-up", WITH_FILE])
def test_a_go_skeleton_is_formatted(root: Path, benchmark_id: str) -> None:
    known = {benchmark.id: benchmark for benchmark in CATALOG.benchmarks}
    if benchmark_id in known:
        edits = skeletons.variant(root, known[benchmark_id], "go", "library")
    else:
        edits = skeletons.benchmark(CATALOG, root, benchmark_id, None, None)
    write(root, edits)
    files = [str(root / edit.path) for edit in edits if edit.path.endswith(".go")]
    formatter = Path(golang("env", "GOROOT").stdout.strip()) / "bin" / "gofmt"
    done = subprocess.run([formatter, "-l", *files], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_section_stands_behind_those_that_the_page_has(root: Path) -> None:
    catalog = write(root, skeletons.benchmark(CATALOG, root, "execution/made-up", None, "performance/loops-and-arithmetic"))
    text = (root / "docs/performance/loops-and-arithmetic.md").read_text(encoding="utf-8")
    before = [benchmark.id for benchmark in CATALOG.benchmarks if benchmark.page == "performance/loops-and-arithmetic"]
    assert text.index('heading("execution/made-up")') > text.index(f'cite("{before[-1]}")')
    assert catalog.benchmarks[-1].id != before[-1]


def test_without_a_page_it_is_that_of_the_sections_last_one_that_is_measured_alike(root: Path) -> None:
    catalog = write(root, skeletons.benchmark(CATALOG, root, "execution/made-up", None, None))
    timed = [benchmark for benchmark in CATALOG.benchmarks if benchmark.section == "execution" and benchmark.instrument == "time"]
    assert catalog.benchmark("execution/made-up").page == timed[-1].page


def test_an_existing_benchmark_is_refused(root: Path) -> None:
    assert refusal(root, "execution/n-body").startswith("execution/n-body: there is such a benchmark already")


def test_an_unknown_section_is_refused_with_those_there_are(root: Path) -> None:
    assert refusal(root, "exection/run-length").endswith("there are: execution, memory, concurrency, web, services, data, ml")


def test_an_unknown_page_is_refused_with_those_there_are(root: Path) -> None:
    assert "performance/memory" in refusal(root, "execution/made-up", "performance/data-in-memry")


def test_an_endpoint_is_refused_with_where_the_contract_is(root: Path) -> None:
    assert refusal(root, "web/made-up").endswith("see docs/decisions/web.md")


@pytest.mark.parametrize("name", ["", "Run", "made_up", "3d", "run--length", "range", "class", "main", "../n", "a" * 41])
def test_a_name_that_is_none_of_a_program_is_refused(root: Path, name: str) -> None:
    assert "cannot be the name of a program" in refusal(root, f"execution/{name}")


def test_a_file_that_exists_is_not_overwritten(root: Path) -> None:
    (root / "bench/workloads/execution/made_up.py").write_text("mine\n", encoding="utf-8")
    assert refusal(root, "execution/made-up") == (
        "bench/workloads/execution/made_up.py: exists already, and nothing is overwritten"
    )


@pytest.mark.parametrize(
    ("benchmark_id", "language", "name"),
    [
        (PLAIN, "python", "native-library"),
        (PLAIN, "go", "library"),
        (PLAIN, "python", "made-up"),
        ("concurrency/echo-1", "python", "made-up"),
        ("concurrency/echo-1", "go", "made-up"),
        ("memory/task", "go", "made-up"),
    ],
)
def test_a_variant_is_a_program_of_its_benchmark(root: Path, benchmark_id: str, language: skeletons.Language, name: str) -> None:
    catalog = write(root, skeletons.variant(root, CATALOG.benchmark(benchmark_id), language, name))
    benchmark = catalog.benchmark(benchmark_id)
    before = CATALOG.benchmark(benchmark_id)
    assert list(benchmark.python if language == "python" else benchmark.go)[-1] == name
    assert (benchmark.check, benchmark.headline) == (before.check, before.headline)
    assert [*gotests.mistakes(catalog, root), *pages.mistakes(root, catalog)] == []
    assert any("docs/" in place for place in unfinished(root))


def test_other_entries_keep_their_programs_when_a_variant_is_added(root: Path) -> None:
    catalog = write(root, skeletons.variant(root, CATALOG.benchmark(PLAIN), "python", "native-library"))
    others = [benchmark for benchmark in catalog.benchmarks if benchmark.id != PLAIN]
    assert others == [benchmark for benchmark in CATALOG.benchmarks if benchmark.id != PLAIN]


@pytest.mark.parametrize(
    ("benchmark_id", "name", "reason"),
    [
        ("execution/n-body", "pure", "has a variant 'pure' already"),
        ("web/json", "made-up", "`new server`"),
        ("execution/go-build", "other", "there is no skeleton"),
    ],
)
def test_a_variant_that_cannot_be_is_refused(root: Path, benchmark_id: str, name: str, reason: str) -> None:
    known = {benchmark.id: benchmark for benchmark in CATALOG.benchmarks}
    command = next(benchmark for benchmark in CATALOG.benchmarks if benchmark.instrument == "command")
    with pytest.raises(SkeletonError, match=reason):
        skeletons.variant(root, known.get(benchmark_id, command), "python", name)


def test_a_server_that_shares_handlers_is_an_entry_alone(root: Path) -> None:
    edits = skeletons.server(CATALOG, root, "made-up", "python", "fastapi")
    assert [edit.path for edit in edits] == ["bench/catalog/web.toml"]
    catalog = write(root, edits)
    shared = next(server for server in catalog.servers if server.name == "fastapi")
    (added,) = (server for server in catalog.servers if server.name == "made-up")
    assert (added.module, added.framework, added.lacks) == (shared.module, shared.framework, shared.lacks)


@pytest.mark.parametrize("like", ["fastapi", None])
def test_a_server_is_asked_what_starts_it_what_it_needs_and_how_it_is_set(root: Path, like: str | None) -> None:
    write(root, skeletons.server(CATALOG, root, "made-up", "python", like))
    asked = {place.split(": ")[2] for place in unfinished(root) if "web.toml" in place}
    assert {"arguments", "packages", "settings"} <= asked


def test_a_server_stands_behind_those_of_its_language(root: Path) -> None:
    catalog = write(root, skeletons.server(CATALOG, root, "made-up", "python", None))
    languages = [server.language for server in catalog.servers]
    assert languages == sorted(languages, reverse=True)
    assert list(catalog.benchmark("web/json").python)[-1] == "made-up"


@pytest.mark.parametrize(("name", "language"), [("made-up", "python"), ("made-up", "go")])
def test_a_server_begins_as_a_floor_with_every_endpoint(root: Path, name: str, language: skeletons.Language) -> None:
    catalog = write(root, skeletons.server(CATALOG, root, name, language, None))
    (added,) = (server for server in catalog.servers if server.name == name)
    floor = next(server for server in CATALOG.servers if server.name == skeletons.FLOORS[language])
    assert files(root / added.folder) == files(root / floor.folder)
    asked = {place.partition(":")[0].rpartition("/")[0] for place in unfinished(root)}
    assert asked == {"bench/catalog", added.folder, "docs/ecosystem"}


def files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}


def test_handlers_can_be_shared_with_a_server_in_python_only(root: Path) -> None:
    with pytest.raises(SkeletonError, match="it has to be a server in Python"):
        skeletons.server(CATALOG, root, "made-up", "python", "gin")


def test_an_existing_server_is_refused_with_its_folder(root: Path) -> None:
    with pytest.raises(SkeletonError, match="flask: there is such a server already: bench/workloads/web/flask"):
        skeletons.server(CATALOG, root, "flask", "python", None)


def test_a_python_skeleton_of_a_server_imports_what_the_floor_does(root: Path) -> None:
    edits = skeletons.server(CATALOG, root, "made-up", "python", None)
    (text,) = (edit.text for edit in edits if edit.path.endswith("app.py"))
    floor = (root / "bench/workloads/web/asgi/app.py").read_text(encoding="utf-8")
    assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(floor))
