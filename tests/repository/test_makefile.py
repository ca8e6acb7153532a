"""The verbs exist, are listed, and are what other files call."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from tests.repository.files import WORKFLOWS, make_targets, recipes, steps

VERBS = {"site", "pages", "test", "test-quick", "coverage", "bench", "serve", "check", "lock", "browser", "clean", "help"}


def _make(*arguments: str) -> str:
    """Return what make prints."""
    command = ["make", "--no-print-directory", *arguments]  # which a make inside `make test` would do
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_help_lists_every_verb_with_a_sentence() -> None:
    listed = dict(line.split(maxsplit=1) for line in _make("help").splitlines())
    assert listed.keys() == VERBS
    assert all("." in sentence for sentence in listed.values())


def test_every_target_is_a_verb_or_a_check() -> None:
    assert {target for target in recipes() if not target.startswith("check-")} == VERBS


def test_check_runs_every_check() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8").replace("\\\n", "")
    declared = re.search(r"^CHECKS = (.*)$", text, re.MULTILINE)
    assert declared is not None
    assert declared[1].split() == [target for target in recipes() if target.startswith("check-")]


def test_check_runs_the_others_after_one_that_fails_and_names_it() -> None:
    command = ["make", "check", "CHECKS=check-catalog help", "BUILD=false"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "List the verbs." in done.stdout
    assert "Failed: check-catalog\n" in done.stderr


@pytest.mark.parametrize("verb", ["site", "bench"])
def test_measuring_passes_on_profile_selection_and_every_interpreter(verb: str) -> None:
    command = _make("--dry-run", verb, "PROFILE=full", "ONLY=web/*", "PYTHONS=3.14 3.14,PYTHON_JIT=1").splitlines()[-1]
    expected = f"scripts/build.py {verb} --profile full --only 'web/*' --python '3.14' --python '3.14,PYTHON_JIT=1'"
    assert " ".join(command.split()) == f".venv/bin/python {expected}"


def test_an_interrupted_run_is_resumed_on_request_only() -> None:
    assert "--resume" not in _make("--dry-run", "bench")
    assert "--resume" in _make("--dry-run", "bench", "RESUME=1")


def test_an_environment_without_a_usable_python_ends_with_a_sentence_that_says_what_to_do() -> None:
    command = ["make", "--always-make", ".venv/installed", "PYTHON="]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "No Python 3.11.5 or newer" in done.stderr
    assert "make PYTHON=" in done.stderr


def test_ci_run_ends_with_the_command_of_make_test() -> None:
    last = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1]
    assert last == f"exec {_make('--dry-run', 'test').splitlines()[-1].strip()}"


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_every_command_of_a_workflow_is_a_verb(workflow: Path) -> None:
    commands = [str(step["run"]) for step in steps(workflow.read_text(encoding="utf-8")) if "run" in step]
    assert [command for command in commands if not make_targets(command) or not make_targets(command) <= VERBS] == []


def test_every_make_command_of_the_readme_is_a_verb() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"`(make [^`]+)`|^    (make .+)$", readme, re.MULTILINE)
    targets = set().union(*(make_targets(inline or block) for inline, block in commands))
    assert {"site", "test"} <= targets <= VERBS
