"""The cache that workers share: its operations, and that every program finds what they ask for and makes the writes."""

from __future__ import annotations

import importlib
import struct
from collections import Counter
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.workloads import inputs
from bench.workloads.checksum import canonical
from bench.workloads.concurrency.cache_operations import load
from bench.workloads.execution.integers import integers
from tests.cataloged import CATALOG
from tests.workloads.answering import Ask, RefusedError, answering, build
from tests.workloads.domains.inputs import INTEGERS, LARGEST, encoded

ENTRY = CATALOG.benchmark("concurrency/cache-read-mostly-2")
MODULES = [python.module for python in ENTRY.python.values()]
PACKAGES = [go.package for go in ENTRY.go.values()]
EDGES = [(), (7,), (~7,), (7, ~7, 7), (0, ~0, 0), (LARGEST, ~LARGEST), (5, 5, 5, 5, 5, 5, 5)]
PROPERTY = settings(max_examples=25, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def ask_go(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    with answering(build(ENTRY.go.values(), tmp_path_factory.mktemp("answering"))) as ask:
        yield ask


def answer_of_python(module: str, workers: int, operations: bytes) -> bytes:
    program = importlib.import_module(f"bench.workloads.{module}")
    prepared = program.prepare(workers, operations)
    with prepared["pool"]:
        return canonical(program.run(**prepared))


def expected(numbers: Sequence[int]) -> bytes:
    reads = [number for number in numbers if number >= 0]
    return canonical([len(reads), sum(1000 + key % 1000 for key in reads)])


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("numbers", EDGES)
@pytest.mark.parametrize("module", MODULES)
def test_a_python_program_finds_what_is_asked_for_at_the_edges(module: str, numbers: Sequence[int], workers: int) -> None:
    assert answer_of_python(module, workers, encoded(*numbers)) == expected(numbers)


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("numbers", EDGES)
@pytest.mark.parametrize("package", PACKAGES)
def test_a_go_program_finds_what_is_asked_for_at_the_edges(
    package: str, numbers: Sequence[int], workers: int, ask_go: Ask
) -> None:
    assert ask_go(package, {"workers": workers, "operations": encoded(*numbers)}) == expected(numbers)


@PROPERTY
@given(numbers=st.lists(INTEGERS, max_size=40), workers=st.integers(1, 5))
def test_every_program_finds_what_is_asked_for_whoever_shares_it(numbers: list[int], workers: int, ask_go: Ask) -> None:
    arguments = {"workers": workers, "operations": encoded(*numbers)}
    answers = {module: answer_of_python(module, workers, encoded(*numbers)) for module in MODULES}
    answers |= {package: ask_go(package, arguments) for package in PACKAGES}
    assert answers == dict.fromkeys(answers, expected(numbers))


@pytest.mark.parametrize("module", MODULES)
def test_a_python_program_refuses_a_part_of_a_number(module: str) -> None:
    with pytest.raises(struct.error, match="buffer of 8 bytes"):
        answer_of_python(module, 1, encoded(7) + b"\0")


@pytest.mark.parametrize("package", PACKAGES)
def test_a_go_program_refuses_a_part_of_a_number(package: str, ask_go: Ask) -> None:
    with pytest.raises(RefusedError, match="left over"):
        ask_go(package, {"workers": 1, "operations": encoded(7) + b"\0"})


@pytest.mark.parametrize("module", MODULES)
def test_a_python_program_writes_the_keys_that_are_written_and_no_other(module: str) -> None:
    # Go's twin is contents_test.go beside each program.
    program = importlib.import_module(f"bench.workloads.{module}")
    prepared = program.prepare(2, encoded(7, ~8, 9, ~8, 8))
    values = prepared["cache"].values
    values.update(dict.fromkeys(values, 0))
    with prepared["pool"]:
        program.run(**prepared)
    assert values == {7: 0, 8: load(8), 9: 0}


@pytest.fixture(scope="module")
def measured() -> list[int]:
    return integers(inputs.content(ENTRY.files["operations"]))


def test_one_operation_in_twenty_writes(measured: list[int]) -> None:
    assert sum(number < 0 for number in measured) == pytest.approx(len(measured) / 20, rel=0.05)


@pytest.mark.parametrize("rank", [2, 10, 100])
def test_a_key_is_asked_for_as_often_as_zipf_says(rank: int, measured: list[int]) -> None:
    counts = [count for _, count in Counter(max(number, ~number) for number in measured).most_common(rank)]
    assert counts[-1] * rank == pytest.approx(counts[0], rel=0.1)
