"""What `make test ONLY=...` takes and refuses."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bench.catalog.loader import ROOT
from tests import kinds
from tests.cataloged import CATALOG


def collected(only: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Collect the tests of the web servers that a selection takes."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "--quiet", "--only", only, *arguments]
    return subprocess.run([*command, "tests/workloads/test_web.py"], cwd=ROOT, capture_output=True, text=True, check=False)


def test_an_unknown_name_is_refused_once_with_the_one_that_may_have_been_meant() -> None:
    done = collected("execution/n-bdy", "--numprocesses", "2")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    (line,) = (done.stdout + done.stderr).strip().splitlines()
    assert line.startswith("ERROR: --only execution/n-bdy: no such benchmark; did you mean execution/n-body")


def test_an_unknown_glob_among_others_is_warned_of() -> None:
    done = collected("web/json,exection/*")
    assert done.returncode == 0
    assert "Warning: --only exection/*: no such benchmark; " in done.stdout


@pytest.mark.parametrize("name", ["flask-granian", "web/flask-granian"])
def test_the_name_of_a_server_takes_its_tests_of_the_contract_alone(name: str) -> None:
    tests = [line for line in collected(name).stdout.splitlines() if "::" in line]
    assert any("[flask-granian-json]" in test for test in tests)
    assert all("flask-granian" in test for test in tests)


def test_every_benchmark_can_be_named() -> None:
    assert kinds.unknown(",".join(benchmark.id for benchmark in CATALOG.benchmarks)) == []
