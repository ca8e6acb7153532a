from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bench.catalog import Benchmark, load_catalog
from bench.catalog.loader import ROOT
from bench.measure.session import digests
from bench.measure.session.digests import MEASURED, MEASURED_LATER

CATALOG = load_catalog()
JSON, TASK = CATALOG.benchmark("execution/json"), CATALOG.benchmark("memory/task")
FIRST_KEYS = {"python": {"module", "library"}, "go": {"package", "library"}}
"""What the first results' entries said of a program."""
LATER: dict[str, Any] = {"metric": "peak", "reading": "resident", "counts": (1, 2), "cpus": "all", "companion": True}


def entry(benchmark: Benchmark) -> Mapping[str, Any]:
    return digests._entry(benchmark)  # noqa: SLF001  the digest's first part, in the clear


def test_an_entry_without_later_keys_is_digested_as_before_there_were_any() -> None:
    said = entry(JSON)
    assert said.keys() == MEASURED
    assert {language: {key for program in said[language].values() for key in program} for language in FIRST_KEYS} == FIRST_KEYS


@pytest.mark.parametrize("key", sorted(MEASURED_LATER))
def test_a_later_key_counts_where_it_says_something(key: str) -> None:
    changed = JSON.model_copy(update={key: LATER[key]})
    assert digests.sources(changed, ROOT) != digests.sources(JSON, ROOT)
    assert entry(changed).keys() == MEASURED | {key}


@pytest.mark.parametrize("key", sorted(MEASURED_LATER))
def test_a_later_key_with_its_default_counts_as_one_that_is_not_there(key: str) -> None:
    explicit = Benchmark.model_validate(JSON.model_dump(exclude_unset=True) | {key: Benchmark.model_fields[key].get_default()})
    assert digests.sources(explicit, ROOT) == digests.sources(JSON, ROOT)


@pytest.mark.parametrize(("key", "value"), [("tier", "pure"), ("since", "3.12"), ("most", 10)])
def test_what_is_new_of_a_program_counts_where_it_says_something(key: str, value: object) -> None:
    python = TASK.python | {"asyncio": TASK.python["asyncio"].model_copy(update={key: value})}
    assert digests.sources(TASK.model_copy(update={"python": python}), ROOT) != digests.sources(TASK, ROOT)


def names(benchmark: Benchmark) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in digests.programs(benchmark, ROOT)}


def test_a_program_that_is_read_depends_on_both_languages_reports() -> None:
    assert names(TASK) >= {"bench/workloads/report.py", "go_examples/internal/report/report.go"}
    assert "bench/workloads/__main__.py" not in names(TASK)


def test_a_web_server_depends_on_its_whole_folder_on_the_generator_and_on_the_tables() -> None:
    assert names(CATALOG.benchmark("web/json")) >= {
        "bench/workloads/web/schema.sql",
        "bench/workloads/web/django/templates/fortunes.html",
        "go_examples/web/revel/conf/routes",
        "go_examples/web/revel/app/controllers/app.go",
        "go_examples/load/main.go",
    }


@pytest.mark.parametrize("benchmark", CATALOG.benchmarks, ids=lambda benchmark: benchmark.id)
def test_the_companion_is_a_source_of_those_that_need_it_alone(benchmark: Benchmark) -> None:
    within = {name for name in names(benchmark) if name.startswith(digests.COMPANION)}
    assert bool(within) is benchmark.companion


def imported(source: Path) -> Iterator[str]:
    """Yield the project's own modules that a Python source imports when it runs, by its syntax tree."""
    for node in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("bench."):
            for name in (f"{node.module}", *(f"{node.module}.{alias.name}" for alias in node.names)):
                if (path := ROOT / (name.replace(".", "/") + ".py")).is_file():
                    yield path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("benchmark", CATALOG.benchmarks, ids=lambda benchmark: benchmark.id)
def test_whatever_a_program_imports_of_the_project_is_a_source_but_what_makes_its_input(benchmark: Benchmark) -> None:
    found = names(benchmark)
    assert {python.path for python in benchmark.python.values()} <= found
    missing = {name for source in found if source.endswith(".py") for name in imported(ROOT / source)} - found
    assert missing <= {"bench/workloads/inputs.py"}
