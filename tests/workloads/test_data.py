"""Tables that are not whole: a program says so in one message, and answers the next question."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.catalog import load_catalog
from bench.measure.host import golang
from bench.measure.session import selection
from bench.workloads import case
from bench.workloads.case import Arguments
from tests import observed
from tests.workloads.answering import Ask, RefusedError, answering, build
from tests.workloads.golang import go

BENCHMARK = load_catalog().benchmark("data/filter-parquet")
GO = [program for program in BENCHMARK.go.values() if observed.builds_here(program)]


@pytest.fixture(scope="module")
def ask_go(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    with answering(build(GO, tmp_path_factory.mktemp("answering"))) as ask:
        yield ask


@pytest.fixture
def truncated(tmp_path: Path) -> Arguments:
    """The arguments of a table whose second half is missing."""
    whole = (case.INPUTS / "payments-check.parquet").read_bytes()
    path = tmp_path / "truncated.parquet"
    path.write_bytes(whole[: len(whole) // 2])
    return {"table": os.path.relpath(path, case.INPUTS)}


@pytest.mark.parametrize("module", [python.module for python in BENCHMARK.python.values()])
def test_a_python_program_refuses_a_truncated_table_in_words(module: str, truncated: Arguments) -> None:
    program = importlib.import_module(f"bench.workloads.{module}")
    prepared = case.prepared(program, truncated)
    with pytest.raises(Exception, match=r"(?i)parquet"):
        program.run(**prepared)


@pytest.mark.parametrize("package", [program.package for program in GO])
def test_a_go_program_refuses_a_truncated_table_in_words_and_answers_the_next_question(
    package: str, truncated: Arguments, ask_go: Ask
) -> None:
    with pytest.raises(RefusedError, match=r"(?i)parquet"):
        ask_go(package, truncated)
    assert ask_go(package, BENCHMARK.check.input)


def test_without_a_c_compiler_duckdb_in_go_is_left_out_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(golang, "compiles_c", lambda: False)
    available, unavailable = selection.programs(BENCHMARK, {"cpython-3.14": {"duckdb": "1.5.6"}})
    assert available == ["python/duckdb/cpython-3.14", "go/arrow"]
    assert unavailable["go/duckdb"] == "github.com/duckdb/duckdb-go/v2 is compiled from C, and this machine has no C compiler"


def test_without_a_c_compiler_the_package_with_duckdb_builds_all_the_same() -> None:
    done = go("build", "./data/filterparquetduckdb", variables={"CGO_ENABLED": "0"})
    assert done.returncode == 0, done.stderr
