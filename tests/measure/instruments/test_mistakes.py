"""The edits and the tools, with small commands in place of the tools."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from bench.catalog.mistakes import Mistakes, load_mistakes
from bench.measure.host.golang import ToolchainError
from bench.measure.instruments.mistakes import Runner, examine
from bench.records.mistakes import Tool

KNOWN = load_mistakes(ROOT)
TWO: Mistakes = KNOWN.model_copy(update={"mistakes": KNOWN.mistakes[:2]})
FINDS = (
    "import pathlib, sys; t = ''.join(p.read_text() for p in pathlib.Path('.').rglob('orders.*')); sys.exit({!r} in t and {!r})"
)
TOOL = Tool(name="ruff", language="python", version="1", command="ruff", tests=False)


def runner(name: str, language: str, code: str, limit: float = 60) -> Runner:
    tool = Tool.model_validate({**TOOL.model_dump(), "name": name, "language": language})
    return Runner(tool, (sys.executable, "-c", code), dict(os.environ), limit)


def finding(name: str, language: str, text: str, line: str) -> Runner:
    """A tool that finds fault with a text in the service."""
    return runner(name, language, FINDS.format(text, line))


def examined(folder: Path, *runners: Runner) -> dict[tuple[str, str], tuple[str, str]]:
    outcomes = examine(ROOT, TWO, runners, folder, lambda _: None)
    return {(outcome.mistake, outcome.tool): (outcome.result, outcome.line) for outcome in outcomes}


def test_each_tool_is_run_over_each_mistake_alone(tmp_path: Path) -> None:
    outcomes = examined(
        tmp_path,
        finding("ruff", "python", "quantitiy", "orders.py:1:1: misspelt"),
        finding("go vet", "go", "Quantitiy", "orders.go:1: misspelt"),
    )
    assert outcomes == {
        ("quantitiy", "ruff"): ("caught", "orders.py:1:1: misspelt"),
        ("staus", "ruff"): ("missed", ""),
        ("quantitiy", "go vet"): ("caught", "orders.go:1: misspelt"),
        ("staus", "go vet"): ("missed", ""),
    }


def test_what_does_not_compile_is_not_given_to_other_tools(tmp_path: Path) -> None:
    outcomes = examined(
        tmp_path, finding("go build", "go", "Quantitiy", "orders.go:1: undefined"), runner("go test", "go", "pass")
    )
    assert outcomes["quantitiy", "go test"] == ("not-run", "does not compile")
    assert outcomes["staus", "go test"] == ("missed", "")


def test_tests_that_wait_for_ever_catch_the_mistake(tmp_path: Path) -> None:
    waits = (
        "import pathlib, time; 'quantitiy' in pathlib.Path('bench/workloads/mistakes/orders.py').read_text() and time.sleep(60)"
    )
    outcomes = examined(tmp_path, runner("pytest", "python", waits, 1))
    assert outcomes["quantitiy", "pytest"] == ("caught", "not ended within 1 s, its time limit")


def test_a_tool_that_finds_fault_with_the_service_as_it_is_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(ToolchainError, match=r"ruff: is not content with the service as it is: orders\.py:1:1: bad"):
        examined(tmp_path, runner("ruff", "python", "import sys; sys.exit('orders.py:1:1: bad')"))


def test_the_service_itself_is_left_as_it_is(tmp_path: Path) -> None:
    path = ROOT / "bench" / "workloads" / "mistakes" / "orders.py"
    before = path.read_bytes()
    examined(tmp_path, runner("ruff", "python", "pass"))
    assert path.read_bytes() == before
