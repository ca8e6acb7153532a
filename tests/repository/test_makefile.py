"""The verbs exist, are listed, and are what other files call."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from tests.repository.files import WORKFLOWS, make_targets, recipes, steps

VERBS = {
    *(
        "site",
        "pages",
        "test",
        "test-quick",
        "test-site",
        "coverage",
        "mutation",
        "bench",
        "agreement",
        "durations",
        "mistakes",
        "prototyping",
        "simulation",
        "bench-pages",
    ),
    "serve",
    *("check", "format", "lock", "browser", "clean", "help"),
}


def _make(*arguments: str) -> str:
    """Return what make prints."""
    command = ["make", "--no-print-directory", *arguments]  # which a make inside `make test` would do
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_help_lists_every_verb_with_a_sentence() -> None:
    entries = re.findall(r"^(\S+) +(.*(?:\n +.*)*)$", _make("help"), re.MULTILINE)
    assert {verb for verb, _ in entries} == VERBS
    assert all("." in sentence for _, sentence in entries)


def test_help_is_aligned_and_fits_a_terminal_of_80_columns() -> None:
    lines = _make("help").splitlines()
    assert max(map(len, lines)) <= 80
    assert {len(re.match(r"\S* +", line)[0]) for line in lines} == {12}  # type: ignore[index]


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


@pytest.mark.parametrize("check", ["check-format", "check-go-format"])
def test_a_check_of_the_format_that_fails_names_what_formats(tmp_path: Path, check: str) -> None:
    shutil.copy2(ROOT / "Makefile", tmp_path)
    tool = tmp_path / ".venv" / "bin" / ("ruff" if check == "check-format" else "go")
    tool.parent.mkdir(parents=True)
    tool.write_text(f"#!/bin/sh\ntest $1 = env && echo {tmp_path}\n", encoding="utf-8")
    tool.chmod(0o755)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gofmt").write_text("#!/bin/sh\necho program.go\n", encoding="utf-8")
    (tmp_path / "bin" / "gofmt").chmod(0o755)
    command = ["make", "--old-file", ".venv/installed", check]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "o format: make format\n" in done.stderr


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """Return a folder with the Makefile and a lock that has been checked."""
    shutil.copy2(ROOT / "Makefile", tmp_path)
    for name in ("requirements.in", "requirements.txt", "pyproject.toml"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, 0))
    assert _check_lock(tmp_path, resolves=True).returncode == 0
    os.utime(tmp_path / "build" / "checked" / "requirements.txt", (1, 1))
    return tmp_path


def _check_lock(folder: Path, *arguments: str, resolves: bool) -> subprocess.CompletedProcess[str]:
    """Check the one lock of a folder, with a resolver that changes nothing, or one that cannot resolve."""
    lock = ("LOCKS=requirements.txt", f"LOCK={'true' if resolves else 'false'}")
    command = ["make", "--old-file", ".venv/installed", "check-lock", *lock, *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_lock_that_has_not_changed_since_it_was_checked_is_not_resolved_again(locked: Path) -> None:
    assert _check_lock(locked, resolves=False).returncode == 0


@pytest.mark.parametrize("name", ["requirements.in", "requirements.txt", "pyproject.toml"])
def test_a_lock_is_resolved_again_when_it_or_what_it_is_made_from_has_changed(locked: Path, name: str) -> None:
    (locked / name).write_text("# changed\n", encoding="utf-8")
    done = _check_lock(locked, resolves=False)
    assert done.returncode != 0
    assert "requirements.txt is not what requirements.in resolves to: run make lock\n" in done.stderr


def test_a_lock_that_failed_its_check_fails_it_again(locked: Path) -> None:
    (locked / "requirements.in").touch()
    assert [_check_lock(locked, resolves=False).returncode for _ in range(2)] == [2, 2]


def test_ci_resolves_every_lock(locked: Path) -> None:
    assert _check_lock(locked, "CI=true", resolves=False).returncode != 0


@pytest.mark.parametrize("verb", ["site", "bench"])
def test_measuring_passes_on_profile_selection_and_every_interpreter(verb: str) -> None:
    command = _make("--dry-run", verb, "PROFILE=full", "ONLY=web/*", "PYTHONS=3.14 3.14,PYTHON_JIT=1").splitlines()[-1]
    expected = f"scripts/build.py {verb} --profile full --only 'web/*' --python '3.14' --python '3.14,PYTHON_JIT=1'"
    assert " ".join(command.split()) == f".venv/bin/python {expected}"


@pytest.mark.parametrize("verb", ["test", "test-quick"])
def test_testing_passes_on_the_selection(verb: str) -> None:
    assert " --only 'web/*'" in _make("--dry-run", verb, "ONLY=web/*").splitlines()[-1]


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
