"""DuckDB and OpenBLAS are C to Go: what becomes of their programs on a machine without a C compiler, or without the library."""

from __future__ import annotations

import pytest

from bench.measure.host import golang
from bench.measure.session import selection
from tests.cataloged import CATALOG
from tests.workloads.golang import go

BENCHMARK = CATALOG.benchmark("data/filter-parquet")


def test_without_a_c_compiler_duckdb_in_go_is_left_out_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(golang, "compiles_c", lambda: False)
    available, unavailable = selection.programs(BENCHMARK, {"data": {"cpython-3.14": {"duckdb": "1.5.6"}}}, {}, {})
    assert available == ["python/duckdb/cpython-3.14", "go/arrow"]
    assert unavailable["go/duckdb"] == "github.com/duckdb/duckdb-go/v2 is compiled from C, and this machine has no C compiler"


def test_without_a_c_compiler_the_package_is_built_without_duckdb() -> None:
    done = go("list", "-deps", f"./{BENCHMARK.go['duckdb'].package}", variables={"CGO_ENABLED": "0"})
    assert done.returncode == 0, done.stderr
    assert "go_examples/internal/duck" in done.stdout.split()
    assert "duckdb-go" not in done.stdout


def test_without_openblas_the_package_is_built_without_its_binding() -> None:
    done = go("list", "-deps", "./data/productopenblas")
    assert done.returncode == 0, done.stderr
    assert "go_examples/internal/openblas" in done.stdout.split()
    assert "netlib" not in done.stdout
