from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bench.catalog import Benchmark
from bench.workloads import case, inputs
from tests.cataloged import CATALOG

BENCHMARKS = CATALOG.benchmarks


@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=lambda benchmark: benchmark.id)
def test_arguments_are_those_of_the_catalog(benchmark: Benchmark) -> None:
    given = case.arguments(benchmark.id)
    files = {argument: hashlib.sha256(given.pop(argument)).hexdigest() for argument in benchmark.files}
    assert given == benchmark.input
    assert files == {argument: inputs.DIGESTS[name] for argument, name in benchmark.files.items()}


@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=lambda benchmark: benchmark.id)
def test_the_check_is_that_of_the_catalog(benchmark: Benchmark) -> None:
    arguments, answer, tolerance = case.check(benchmark.id)
    assert arguments.keys() == benchmark.check.input.keys() | benchmark.check.files.keys()
    assert answer == benchmark.check.answer
    assert tolerance == benchmark.check.tolerance


def test_an_unknown_benchmark_is_named_with_the_file() -> None:
    with pytest.raises(LookupError, match=r"bench/catalog/execution\.toml: there is no benchmark 'execution/nothing'"):
        case.arguments("execution/nothing")


def test_an_unknown_section_is_named() -> None:
    with pytest.raises(LookupError, match=r"there is no bench/catalog/nowhere\.toml"):
        case.arguments("nowhere/nothing")


def test_a_missing_input_file_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(case, "INPUTS", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"execution/regex: argument text: .*log-200kB\.txt .* run `make test`"):
        case.arguments("execution/regex")
