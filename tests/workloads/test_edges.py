"""Inputs at the edges: all programs of a benchmark answer alike within its domain, and refuse what is outside."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.catalog import Benchmark
from bench.workloads import case
from bench.workloads.case import Arguments
from bench.workloads.checksum import canonical
from tests import observed
from tests.apart import Failed, each_apart
from tests.cataloged import CATALOG
from tests.workloads.answer import answer_of
from tests.workloads.answering import Ask, RefusedError, answering, build
from tests.workloads.domains import DOMAINS

BENCHMARKS = [b for b in CATALOG.benchmarks if b.section == "execution" and b.instrument == "time"]
WITH_DOMAIN = [pytest.param(b, id=b.name) for b in BENCHMARKS if b.domain]

DIFFERING = [pytest.param(b, id=b.name) for b in BENCHMARKS if b.name in DOMAINS and DOMAINS[b.name].differing]

APART = [
    pytest.param(b, variant, id=f"{b.name}-{variant}")
    for b in BENCHMARKS
    if b.name in DOMAINS
    for variant in DOMAINS[b.name].apart
]

PARQUET = CATALOG.benchmark("data/filter-parquet")
CSV = CATALOG.benchmark("data/filter-csv-all-cpus")
TRUNCATED_IN_PYTHON = [python.module for python in PARQUET.python.values()]
TRUNCATED_IN_GO = [
    *(pytest.param(PARQUET, go.package, r"truncated\.parquet") for go in PARQUET.go.values() if observed.builds_here(go)),
    pytest.param(CSV, CSV.go["standard-library"].package, "wrong number of fields"),
]


@pytest.fixture(scope="module")
def ask_go(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    reading = [*PARQUET.go.values(), CSV.go["standard-library"]]
    programs = [go for benchmark in BENCHMARKS if benchmark.domain for go in benchmark.go.values()]
    programs += [go for go in reading if observed.builds_here(go)]
    with answering(build(programs, tmp_path_factory.mktemp("answering"))) as ask:
        yield ask


def ask_python(module: str, arguments: Arguments) -> bytes:
    try:
        return canonical(answer_of(module, arguments))
    except Exception as error:
        raise RefusedError(repr(error)) from error


def answers(benchmark: Benchmark, arguments: Arguments, ask_go: Ask) -> dict[str, bytes | None]:
    """Return variant -> its answer, or None where it refuses."""
    asked: list[tuple[str, Ask, str]] = [
        (f"python/{name}", ask_python, python.module)
        for name, python in benchmark.python.items()
        if observed.runs_here(python.since)
    ]
    asked += [(f"go/{name}", ask_go, go.package) for name, go in benchmark.go.items()]
    answered: dict[str, bytes | None] = {}
    for variant, ask, program in asked:
        try:
            answered[variant] = ask(program, arguments)
        except RefusedError:
            answered[variant] = None
    return answered


def alike(answered: dict[str, bytes | None]) -> bool:
    return None not in answered.values() and len(set(answered.values())) == 1


def test_every_benchmark_that_reads_data_has_a_domain() -> None:
    assert {b.name for b in BENCHMARKS if b.files} <= {b.name for b in BENCHMARKS if b.domain} == DOMAINS.keys()


@pytest.mark.parametrize("benchmark", WITH_DOMAIN)
def test_all_programs_answer_alike_at_the_edges(benchmark: Benchmark, ask_go: Ask) -> None:
    differences = {}
    for arguments in DOMAINS[benchmark.name].edges:
        answered = answers(benchmark, arguments, ask_go)
        if not alike(answered):
            differences[repr(arguments)[:200]] = answered
    assert not differences


@pytest.mark.parametrize("benchmark", WITH_DOMAIN)
def test_all_programs_refuse_what_is_outside(benchmark: Benchmark, ask_go: Ask) -> None:
    accepted = {}
    for arguments in DOMAINS[benchmark.name].outside:
        answered = answers(benchmark, arguments, ask_go)
        if any(answer is not None for answer in answered.values()):
            accepted[repr(arguments)[:200]] = answered
    assert not accepted


@pytest.mark.parametrize("benchmark", DIFFERING)
def test_what_the_page_calls_different_is(benchmark: Benchmark, ask_go: Ask) -> None:
    same = [arguments for arguments in DOMAINS[benchmark.name].differing if alike(answers(benchmark, arguments, ask_go))]
    assert not same


@pytest.mark.parametrize(("benchmark", "variant"), APART)
def test_where_one_program_differs_it_alone_does(benchmark: Benchmark, variant: str, ask_go: Ask) -> None:
    wrong = {}
    for arguments in DOMAINS[benchmark.name].apart[variant]:
        answered = answers(benchmark, arguments, ask_go)
        others = {answer for name, answer in answered.items() if name != variant}
        if len(others) != 1 or answered[variant] in others:
            wrong[repr(arguments)[:200]] = answered
    assert not wrong


@pytest.mark.parametrize("benchmark", DIFFERING)
def test_the_page_says_what_differs(benchmark: Benchmark) -> None:
    page = (case.ROOT / "docs" / f"{benchmark.page}.md").read_text(encoding="utf-8")
    _, _, section = page.partition(f'{{{{ heading("{benchmark.id}") }}}}')
    assert "**The same answer, but.**" in section.partition("{{ heading(")[0]


@pytest.mark.parametrize("benchmark", WITH_DOMAIN)
@settings(max_examples=15, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_all_programs_answer_alike_within_the_domain(benchmark: Benchmark, data: st.DataObject, ask_go: Ask) -> None:
    arguments = data.draw(DOMAINS[benchmark.name].inside)
    answered = answers(benchmark, arguments, ask_go)
    assert alike(answered), answered


def truncated(benchmark: Benchmark, folder: Path) -> Arguments:
    """Return the arguments of a table whose second half is missing; of CSV it ends with a row of one cell."""
    table = case.INPUTS / str(benchmark.check.input["table"])
    half = table.read_bytes()[: table.stat().st_size // 2]
    path = folder / f"truncated{table.suffix}"
    path.write_bytes(half.rpartition(b"\n")[0] + b"\n12" if table.suffix == ".csv" else half)
    return {"table": os.path.relpath(path, case.INPUTS)}


@pytest.fixture(scope="module")
def asked_for_a_truncated_table(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Module -> what it answers to half a file."""
    half = truncated(PARQUET, tmp_path_factory.mktemp("truncated"))
    return each_apart(functools.partial(answer_of, arguments=half), TRUNCATED_IN_PYTHON)


@pytest.mark.parametrize("module", TRUNCATED_IN_PYTHON)
def test_a_python_program_refuses_a_truncated_table_in_words(module: str, asked_for_a_truncated_table: dict[str, Any]) -> None:
    answer = asked_for_a_truncated_table[module]
    assert isinstance(answer, Failed)
    assert "parquet" in answer.error.lower()


@pytest.mark.parametrize(("benchmark", "package", "words"), TRUNCATED_IN_GO)
def test_a_go_program_refuses_a_truncated_table_in_words_and_answers_the_next_question(
    benchmark: Benchmark, package: str, words: str, tmp_path: Path, ask_go: Ask
) -> None:
    with pytest.raises(RefusedError, match=words):
        ask_go(package, truncated(benchmark, tmp_path))
    assert ask_go(package, benchmark.check.input)


def test_a_table_without_an_end_of_line_after_its_last_row_is_read_whole(tmp_path: Path, ask_go: Ask) -> None:
    path = tmp_path / "payments.csv"
    path.write_text("id,customer,country,quantity,amount\n0,1,DE,1,600.5\n1,2,DE,1,700.25", encoding="utf-8")
    arguments = {"table": os.path.relpath(path, case.INPUTS)}
    assert ask_go(CSV.go["standard-library"].package, arguments) == canonical([2, 1300.75])
