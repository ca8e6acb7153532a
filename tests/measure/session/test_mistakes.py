"""The edits and the tools, with answers of our own in place of the tools'."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from bench.catalog.mistakes import Mistakes, load_mistakes
from bench.measure.host import tools
from bench.measure.host.golang import ToolchainError
from bench.measure.host.tools import Outcome
from bench.measure.session.mistakes import LIMIT, Runner, examine
from bench.records.mistakes import Tool

KNOWN = load_mistakes(ROOT)
TWO: Mistakes = KNOWN.model_copy(update={"mistakes": KNOWN.mistakes[:2]})
NOTHING = Outcome("", None)
Answer = Callable[[str], Outcome]
"""What a tool answers to the text of the service."""
Examine = Callable[[Mapping[str, Answer]], dict[tuple[str, str], tuple[str, str]]]


def runner(name: str) -> Runner:
    language = "go" if name.startswith("go ") else "python"
    tests = "test" in name
    tool = Tool.model_validate({"name": name, "language": language, "version": "1", "command": name, "tests": tests})
    return Runner(tool, (name,), {})


def finding(text: str, outcome: Outcome) -> Answer:
    """Answer so where the service has a text, and else that there is nothing."""
    return lambda service: outcome if text in service else NOTHING


@pytest.fixture
def examined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Examine:
    """Examines two mistakes with tools that answer as they are told: (mistake, tool) -> result and line."""

    def examined(answers: Mapping[str, Answer]) -> dict[tuple[str, str], tuple[str, str]]:
        def run(command: Sequence[str], *, cwd: Path, environment: Mapping[str, str], limit: float) -> Outcome:
            assert (environment, limit) == ({}, LIMIT)
            return answers[command[0]]("".join(path.read_text(encoding="utf-8") for path in cwd.rglob("orders.*")))

        monkeypatch.setattr(tools, "run", run)
        outcomes = examine(ROOT, TWO, tuple(map(runner, answers)), tmp_path, lambda _: None)
        return {(outcome.mistake, outcome.tool): (outcome.result, outcome.line) for outcome in outcomes}

    return examined


def test_each_tool_is_run_over_each_mistake_alone(examined: Examine) -> None:
    outcomes = examined(
        {
            "ruff": finding("quantitiy", Outcome("orders.py:1:1: misspelt", "exit status 1: ")),
            "go vet": finding("Quantitiy", Outcome("", "exit status 1: orders.go:1: misspelt")),
        }
    )
    assert outcomes == {
        ("quantitiy", "ruff"): ("caught", "orders.py:1:1: misspelt"),
        ("staus", "ruff"): ("missed", ""),
        ("quantitiy", "go vet"): ("caught", "orders.go:1: misspelt"),
        ("staus", "go vet"): ("missed", ""),
    }


def test_what_does_not_compile_is_not_given_to_other_tools(examined: Examine) -> None:
    undefined = finding("Quantitiy", Outcome("", "exit status 1: orders.go:1: undefined"))
    outcomes = examined({"go build": undefined, "go test": lambda _: NOTHING})
    assert outcomes["quantitiy", "go test"] == ("not-run", "does not compile")
    assert outcomes["staus", "go test"] == ("missed", "")


def test_tests_that_wait_for_ever_catch_the_mistake(examined: Examine) -> None:
    waits = Outcome("", "not ended within 60 s, its time limit")
    outcomes = examined({"pytest": finding("quantitiy", waits)})
    assert outcomes["quantitiy", "pytest"] == ("caught", "not ended within 60 s, its time limit")


@pytest.mark.parametrize("failure", ["exit status 2: out of memory", "not ended within 900 s, its time limit"])
def test_a_tool_without_tests_that_fails_itself_ends_the_run(examined: Examine, failure: str) -> None:
    message = "mypy --strict: failed, and says nothing of the service: " + failure.removeprefix("exit status 2: ")
    with pytest.raises(ToolchainError, match=re.escape(message)):
        examined({"mypy --strict": finding("quantitiy", Outcome("", failure))})


def test_a_tool_that_finds_something_in_the_service_as_it_is_ends_the_run(examined: Examine) -> None:
    with pytest.raises(ToolchainError, match=r"ruff: finds something in the service as it is: orders\.py:1:1: bad"):
        examined({"ruff": lambda _: Outcome("orders.py:1:1: bad", "exit status 1: ")})


def test_the_service_itself_is_left_as_it_is(examined: Examine) -> None:
    path = ROOT / "bench" / "workloads" / "mistakes" / "orders.py"
    before = path.read_bytes()
    examined({"ruff": lambda _: NOTHING})
    assert path.read_bytes() == before
