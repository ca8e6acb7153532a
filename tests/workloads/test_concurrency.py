"""The timed programs of concurrency, each in a fresh process: their pools, loops and threads would outlive the test."""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
from collections.abc import Mapping

import psutil
import pytest

from bench.catalog import Benchmark, PythonImplementation
from bench.catalog.loader import ROOT
from bench.measure.processes import process
from bench.measure.processes.process import Finished
from tests import observed
from tests.cataloged import CATALOG

PROGRAMS = [
    pytest.param(benchmark, python, id=f"{benchmark.id}-{variant}")
    for benchmark in CATALOG.benchmarks
    if (benchmark.instrument, benchmark.section) == ("time", "concurrency")
    for variant, python in benchmark.python.items()
    if observed.runs_here(python.since)
]


def answer(benchmark: Benchmark, python: PythonImplementation, variables: Mapping[str, str]) -> Finished:
    """Run a program at the check input, within the time limit of a measured one."""
    command = [sys.executable, "-m", "tests.workloads.answer", benchmark.id, python.module]
    return process.run(command, cwd=ROOT, environment={**os.environ, **variables}, tree=observed.tree())


def carrying(mark: str) -> list[psutil.Process]:
    """Return the processes whose environment has a variable of that name."""
    carriers = []
    for candidate in psutil.process_iter():
        try:
            if mark in candidate.environ() and candidate.status() != psutil.STATUS_ZOMBIE:
                carriers.append(candidate)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return carriers


@pytest.mark.parametrize(("benchmark", "python"), PROGRAMS)
def test_a_program_gives_the_answer_of_the_catalog_and_leaves_no_process(
    benchmark: Benchmark, python: PythonImplementation, addresses: dict[str, str]
) -> None:
    mark = f"ANSWER_{secrets.token_hex(8)}"
    finished = answer(benchmark, python, {**addresses, mark: "1"})
    assert finished.failure is None
    assert json.loads(finished.stdout) == benchmark.check.answer
    limit = time.monotonic() + 30
    while (left := carrying(mark)) and time.monotonic() < limit:  # helpers such as the fork server end after their parent
        time.sleep(0.01)
    assert left == []
