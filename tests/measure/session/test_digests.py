from __future__ import annotations

import ast
import contextlib
import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.catalog import Benchmark
from bench.catalog.loader import ROOT
from bench.measure.host.golang import ToolchainError
from bench.measure.session import digests
from bench.measure.session.digests import MEASURED
from bench.workloads import inputs
from tests import project
from tests.cataloged import CATALOG

JSON, TASK = CATALOG.benchmark("execution/json"), CATALOG.benchmark("memory/task")
IDLE = {benchmark.id for benchmark in CATALOG.benchmarks if benchmark.input.get("endpoint") == "idle"}
SHOP = {"execution/first-response-real", "execution/function-real"}
ENTRY: dict[str, Any] = {
    "id": "execution/other",
    "instrument": "command",
    "action": "run",
    "page_cache": "dropped",
    "unit": "byte",
    "requirements": "web",
    "input": {"n": 99},
    "files": {"data": "log-check.txt"},
    "metric": "peak",
    "reading": "resident",
    "counts": (1, 2),
    "cpus": "all",
    "companion": True,
}
SOME = [
    benchmark
    for number, benchmark in enumerate(CATALOG.benchmarks)
    if number % 4 == 0 or benchmark.instrument == "queue" or benchmark.id in IDLE | SHOP | {"memory/framework"}
]
"""What an edit is held against: what is named below, and a quarter of the others."""
SECTIONS = pytest.mark.parametrize("benchmark", CATALOG.benchmarks, ids=lambda benchmark: benchmark.id)


def programs(benchmark: Benchmark) -> list[str]:
    return [*(f"python/{variant}" for variant in benchmark.python), *(f"go/{variant}" for variant in benchmark.go)]


def names(benchmark: Benchmark, program: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in digests.sources(benchmark, program, ROOT)}


def test_every_key_that_is_measured_has_a_test() -> None:
    assert ENTRY.keys() == MEASURED


@pytest.mark.parametrize("key", sorted(MEASURED))
def test_a_key_that_is_measured_changes_the_digest_of_every_program(key: str) -> None:
    changed = JSON.model_copy(update={key: ENTRY[key]})
    before, after = digests.programs(JSON, ROOT), digests.programs(changed, ROOT)
    assert [program for program in before if before[program] == after[program]] == []


def test_a_file_that_programs_open_by_themselves_changes_the_digest_of_every_program(monkeypatch: pytest.MonkeyPatch) -> None:
    table = CATALOG.benchmark("data/filter-parquet")
    before = digests.programs(table, ROOT)
    monkeypatch.setattr(inputs, "DIGESTS", {name: f"of other bytes of {name}" for name in inputs.GENERATORS})
    after = digests.programs(table, ROOT)
    assert [program for program in before if before[program] == after[program]] == []


@pytest.mark.parametrize("key", sorted(Benchmark.model_fields.keys() - MEASURED - {"python", "go"}))
def test_a_key_that_is_prose_changes_no_digest(key: str) -> None:
    changed = JSON.model_copy(update={key: getattr(CATALOG.benchmark("web/json"), key)})
    assert digests.programs(changed, ROOT) == digests.programs(JSON, ROOT)


@pytest.mark.parametrize(("key", "value"), [("since", "3.12"), ("most", 10), ("library", "orjson"), ("arguments", ("-O",))])
def test_what_the_catalog_says_of_a_program_changes_its_digest_alone(key: str, value: object) -> None:
    python = TASK.python | {"asyncio": TASK.python["asyncio"].model_copy(update={key: value})}
    before, after = digests.programs(TASK, ROOT), digests.programs(TASK.model_copy(update={"python": python}), ROOT)
    assert [program for program in before if before[program] != after[program]] == ["python/asyncio"]


def test_a_program_that_is_read_depends_on_its_own_languages_report() -> None:
    assert "bench/workloads/report.py" in names(TASK, "python/asyncio")
    assert "go_examples/internal/report/report.go" in names(TASK, "go/goroutines")


def test_a_web_server_is_made_of_its_whole_folder() -> None:
    assert "bench/workloads/web/django/templates/fortunes.html" in names(CATALOG.benchmark("web/json"), "python/django")
    assert names(CATALOG.benchmark("web/json"), "go/revel") >= {
        "go_examples/web/revel/conf/routes",
        "go_examples/web/revel/app/controllers/app.go",
    }


def imported(source: Path) -> Iterator[str]:
    """Yield the project's own modules that a Python source imports when it runs, by its syntax tree."""
    for node in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("bench."):
            for name in (f"{node.module}", *(f"{node.module}.{alias.name}" for alias in node.names)):
                if (path := ROOT / (name.replace(".", "/") + ".py")).is_file():
                    yield path.relative_to(ROOT).as_posix()


@SECTIONS
def test_whatever_a_program_imports_of_the_project_is_a_source_but_what_makes_its_input(benchmark: Benchmark) -> None:
    for variant, python in benchmark.python.items():
        sources = names(benchmark, f"python/{variant}")
        assert python.path in sources
        missing = {name for source in sources if source.endswith(".py") for name in imported(ROOT / source)} - sources
        assert missing <= {"bench/workloads/inputs.py"}


@SECTIONS
def test_tests_are_no_sources_but_for_the_benchmark_that_is_timed(benchmark: Benchmark) -> None:
    tests = {name for program in programs(benchmark) for name in names(benchmark, program) if name.endswith("_test.go")}
    assert bool(tests) is (benchmark.instrument == "time")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's programs, which each test leaves as it was."""
    return project.copy(tmp_path_factory.mktemp("copied"), "bench", "go_examples")


@contextlib.contextmanager
def edited(root: Path, file: str, text: str) -> Iterator[None]:
    """Let a file have another text for a while."""
    path = root / file
    before = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(before, encoding="utf-8")


def changed_by(root: Path, file: str, old: str, new: str, places: int = 1) -> set[str]:
    """Return the ids of the benchmarks that have another digest while `old` is `new` in a file: in its first places, or all."""
    text, before = (root / file).read_text(encoding="utf-8"), unedited()
    assert old in text
    with edited(root, file, text.replace(old, new, places)):
        return {benchmark.id for benchmark in SOME if digests.programs(benchmark, root) != before[benchmark.id]}


@functools.cache
def unedited() -> dict[str, dict[str, str]]:
    """Return id -> the digests of its programs in the project, and so in a copy that nothing has been edited in."""
    return {benchmark.id: digests.programs(benchmark, ROOT) for benchmark in SOME}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("go_examples/load/main.go", "package main", "// A comment.\npackage main"),
        ("go_examples/load/phase_test.go", "func ", "func TestMore(t *testing.T) {}\n\nfunc "),
        ("bench/requirements/core.txt", "--hash=sha256:", "--hash=sha256:00"),
        # what is left of a source without comments is tested below
        pytest.param(
            "go_examples/execution/fib/fib.go", "package fib", "// More.\npackage fib /* here */", marks=pytest.mark.every
        ),
        pytest.param("bench/workloads/execution/fib.py", '"""', '"""Another sentence. ', marks=pytest.mark.every),
        pytest.param("bench/workloads/execution/fib.py", "\n\n", "\n\n# A comment.\n", marks=pytest.mark.every),
    ],
    ids=["comment of the generator", "test of the generator", "a wheel more", "Go comments", "docstring", "Python comment"],
)
def test_what_cannot_change_a_result_changes_no_digest(copied: Path, file: str, old: str, new: str) -> None:
    assert changed_by(copied, file, old, new) == set()


def test_a_library_that_a_library_needs_is_covered(copied: Path) -> None:
    changed = changed_by(copied, "bench/requirements/frameworks.txt", "\nstarlette==", "\nstarlette==99.")
    served = {benchmark.id for benchmark in SOME if benchmark.section == "web"}
    assert changed == served | {"memory/framework"} | IDLE | SHOP


def test_the_client_of_idle_websockets_is_of_those_alone(copied: Path) -> None:
    assert changed_by(copied, "go_examples/crowd/crowd.go", "openers = 32", "openers = 33") == IDLE


def test_the_load_generator_is_of_the_other_servers_alone(copied: Path) -> None:
    served = {benchmark.id for benchmark in SOME if benchmark.instrument == "http"}
    assert changed_by(copied, "go_examples/load/main.go", "const threads = 4", "const threads = 5") == served - IDLE


def test_a_module_that_a_module_needs_is_covered(copied: Path) -> None:
    pool = "github.com/jackc/puddle/v2 v2"
    needs = json.loads((ROOT / digests.MODULES).read_text(encoding="utf-8"))
    linking = {package for package, modules in needs.items() if any(module.startswith(pool) for module in modules)}
    changed = changed_by(copied, digests.MODULES, pool, "github.com/jackc/puddle/v2 v99", places=-1)
    assert changed == {benchmark.id for benchmark in SOME if linking & {go.package for go in benchmark.go.values()}}


def test_what_a_function_of_a_program_imports_is_a_source() -> None:
    lazy = names(CATALOG.benchmark("execution/function-real"), "python/lazy")
    assert lazy >= {"bench/workloads/web/shop/app.py", "bench/workloads/web/shop/routes/orders.py"}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("go_examples/internal/broker/queue.go", "4000", "5000"),
        ("bench/workloads/services/schema.sql", "PRIMARY KEY", "NOT NULL"),
    ],
    ids=["broker", "table"],
)
def test_consumers_depend_on_what_they_read_from_and_write_to(copied: Path, file: str, old: str, new: str) -> None:
    consumers = {benchmark.id for benchmark in SOME if benchmark.instrument == "queue"}
    assert changed_by(copied, file, old, new) == consumers


def test_a_package_that_the_list_of_modules_lacks_is_named(copied: Path) -> None:
    named = pytest.raises(ToolchainError, match=r"modules\.json: lacks .*: run `make lock`")
    with edited(copied, digests.MODULES, "{}"), named:
        digests.programs(CATALOG.benchmark("web/json"), copied)


LOCK = """\
fastapi==0.165.0 \\
    --hash=sha256:89
    # via -r bench/requirements/web.in
anyio==4.16.0 ; sys_platform == 'linux' \\
    --hash=sha256:59
    # via
    #   starlette
    #   fastapi
idna==3.20 \\
    --hash=sha256:a7
    # via anyio
starlette==1.0 \\
    --hash=sha256:b7
    # via fastapi
flask==3.1.3 \\
    --hash=sha256:0e
    # via -r bench/requirements/web.in
"""


def test_libraries_come_with_all_that_they_need() -> None:
    needed = ["anyio==4.16.0 ; sys_platform == 'linux'", "fastapi==0.165.0", "idna==3.20", "starlette==1.0"]
    assert digests.python_libraries(LOCK, ["FastAPI[standard]"]) == needed


@given(
    comment=st.text(
        st.characters(codec="utf-8", exclude_characters="\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029", exclude_categories=["C"])
    )
)
def test_no_comment_changes_what_is_left_of_a_source(comment: str) -> None:
    for name, before, after in (
        ("a.py", 'def f(x):\n    """What it does."""', '\n    return "# {x} // no comment"\n'),
        ("a.go", "package a", '\n\nconst b = "// no comment" + `/* neither */`\n'),
    ):
        mark = "# " if name.endswith(".py") else "// "
        commented = digests.without_comments(name, f"{before}  {mark}{comment}{after}")
        assert commented == digests.without_comments(name, before + after)


@pytest.mark.parametrize("line", ['s := "// text"', "s := `/* text */`", "r := '\"' // x", "//go:noinline", "//go:embed x"])
def test_what_only_looks_like_a_comment_stays(line: str) -> None:
    assert digests.without_comments("a.go", line).startswith(line.partition(" // x")[0])
