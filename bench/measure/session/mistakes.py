"""Puts mistakes into copies of the service, one at a time, and runs each tool over them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.catalog.mistakes import FOLDERS, TESTS, Mistake, Mistakes, service_files
from bench.measure.host import golang, tools
from bench.measure.host.golang import MODULE, ToolchainError
from bench.records.mistakes import Outcome, Tool

LIMIT = 900.0
"""Seconds that a tool may take; the first time, what the service is built from is compiled."""
HANGS = 60.0
"""Seconds after which tests are taken to wait for ever, which catches the mistake; they take two or three."""
LENGTH = 300
"""Characters of a line that are kept."""
PACKAGE = "./mistakes/..."
PACKAGES = ("bench", "bench/workloads", "tests", "tests/workloads", "tests/workloads/mistakes")
"""The folders whose `__init__.py` Python's copy needs as well."""
NO_COMPILER = "the race detector needs a C compiler, and there is none"
TELLING = {
    "python": r"^\w*(Error|Warning)\b.*",
    "ruff": r"^\S+:\d+:.*",
    "ruff ALL": r"^\S+:\d+:.*",
    "mypy --strict": r".*: error:.*",
    "pyright": r".* - error:.*",
    "pytest": r"^(FAILED|ERROR) .*",
    "go build": r"^\S+:\d+.*",
    "go vet": r"^(vet: )?\S+:\d+.*",
    "staticcheck": r"^\S+:\d+.*",
    "go test": r"^\s*--- FAIL.*|^(panic|fatal error): .*",
    "go test -race": r"^WARNING: DATA RACE|^\s*--- FAIL.*|^(panic|fatal error): .*",
}
"""Tool -> what the line looks like that says why."""


@dataclass(frozen=True)
class Runner:
    """A tool, ready to be run."""

    tool: Tool
    command: tuple[str, ...]
    environment: dict[str, str]
    limit: float = LIMIT

    def run(self, folder: Path) -> str | None:
        """Run the tool over the copy in `folder`, and return the line that says what is wrong; None where nothing is.

        Raises:
            ToolchainError: a tool that runs no tests failed without such a line, so that it is the tool that failed.
        """
        outcome = tools.run(self.command, cwd=folder, environment=self.environment, limit=self.limit)
        if outcome.failure is None:
            return None
        failure = re.sub(r"^exit status \d+: ", "", outcome.failure)
        output = f"{outcome.stdout}\n{failure}".replace(f"{folder}/", "")
        telling = re.search(TELLING[self.tool.name], output, re.MULTILINE)
        if not (telling or self.tool.tests):
            raise ToolchainError(f"{self.tool.name}: failed, and says nothing of the service: {failure or outcome.failure}")
        line = telling[0] if telling else failure or outcome.failure
        return " ".join(line.split())[:LENGTH]


def python_runners(pyright: Path) -> Iterator[Runner]:
    """Yield Python's tools in the order in which they are run; `pyright` is the command of its own environment."""
    beside = Path(sys.executable).parent
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment = {**kept, "PYTHONDONTWRITEBYTECODE": "1", "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"}
    source, test = FOLDERS["python"], TESTS["python"]
    whole = f"import {source.replace('/', '.')}.service"
    commands: tuple[tuple[str, tuple[str, ...], bool], ...] = (
        ("python", (str(beside / "python"), "-c", whole), False),
        ("ruff", (str(beside / "ruff"), "check", "--isolated", "--no-cache", "--output-format=concise", source, test), False),
        ("ruff ALL", (str(beside / "ruff"), "check", "--no-cache", "--output-format=concise", source, test), False),
        ("mypy --strict", (str(beside / "mypy"), "--strict", source, test), False),
        ("pyright", (str(pyright), "--pythonpath", str(pyright.parent / "python"), source, test), False),
        ("pytest", (str(beside / "pytest"), "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider", test), True),
    )
    for name, command, tests in commands:
        version = _version((command[0], "--version"), environment)
        yield Runner(_tool(name, "python", version, command, tests=tests), command, environment, HANGS if tests else LIMIT)


def go_runners() -> Iterator[Runner]:
    """Yield Go's tools in the order in which they are run."""
    go, environment = str(golang.toolchain()), golang.environment()
    version = _version((go, "version"), environment)
    test = ("test", "-count=1", "-vet=off", f"-timeout={HANGS:.0f}s")
    commands: tuple[tuple[str, tuple[str, ...], bool], ...] = (
        ("go build", ("build", PACKAGE), False),
        ("go vet", ("vet", PACKAGE), False),
        ("staticcheck", ("tool", "staticcheck", PACKAGE), False),
        ("go test", (*test, PACKAGE), True),
        ("go test -race", (*test, "-race", PACKAGE), True),
    )
    for name, arguments, tests in commands:
        command = (go, "-C", MODULE, *arguments)
        own = _version((go, "-C", MODULE, "tool", "staticcheck", "-version"), environment) if name == "staticcheck" else version
        lacking = NO_COMPILER if "-race" in command and not golang.compiles_c() else None
        tool = _tool(name, "go", own, command, tests=tests).model_copy(update={"unavailable": lacking})
        yield Runner(tool, command, environment)


def examine(
    root: Path, known: Mistakes, runners: tuple[Runner, ...], copies: Path, note: Callable[[str], None]
) -> tuple[Outcome, ...]:
    """Run each tool over each mistake in copies below the folder `copies`, both languages at the same time.

    Args:
        root: the project.
        known: the mistakes.
        runners: the tools, of both languages.
        copies: an empty folder.
        note: is told what was done.

    Raises:
        ToolchainError: a tool finds something in the service as it is, so that what it finds later would say nothing; or one
            fails that runs no tests.
    """
    folders = {language: copied(root, language, copies / language) for language in FOLDERS}
    own = {language: tuple(one for one in runners if one.tool.language == language) for language in FOLDERS}

    def find_nothing(language: str) -> None:
        for runner in own[language]:
            if not runner.tool.unavailable and (line := runner.run(folders[language])):
                raise ToolchainError(f"{runner.tool.name}: finds something in the service as it is: {line}")

    def of_language(language: str) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for number, mistake in enumerate(known.mistakes, 1):
            outcomes += _examined(mistake, language, own[language], folders[language])
            note(f"{language}: {number} of {len(known.mistakes)}: {mistake.id}")
        return outcomes

    with ThreadPoolExecutor(len(FOLDERS)) as pool:
        list(pool.map(find_nothing, FOLDERS))
        return tuple(outcome for outcomes in pool.map(of_language, FOLDERS) for outcome in outcomes)


def copied(root: Path, language: str, folder: Path) -> Path:
    """Copy the service of one language, and what its tools need, into a new folder, and return that."""
    needed = {
        "python": ("pyproject.toml", *(f"{folder}/__init__.py" for folder in PACKAGES)),
        "go": (f"{MODULE}/go.mod", f"{MODULE}/go.sum"),
    }
    for path in (*(root / name for name in needed[language]), *service_files(root, language)):
        target = folder / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return folder


def _examined(mistake: Mistake, language: str, runners: tuple[Runner, ...], folder: Path) -> Iterator[Outcome]:
    """Make a mistake in the copy, run the tools, and take it back."""
    edit = mistake.edit(language)
    path = folder / FOLDERS[language] / edit.file
    before = path.read_text(encoding="utf-8")
    path.write_text(edit.applied(before), encoding="utf-8")
    compiles = True
    for runner in runners:
        name = runner.tool.name
        if runner.tool.unavailable or not compiles:
            yield Outcome(mistake=mistake.id, tool=name, result="not-run", line=runner.tool.unavailable or "does not compile")
            continue
        line = runner.run(folder)
        compiles = line is None or name != "go build"
        yield Outcome(mistake=mistake.id, tool=name, result="missed" if line is None else "caught", line=line or "")
    path.write_text(before, encoding="utf-8")


def _tool(name: str, language: str, version: str, command: tuple[str, ...], *, tests: bool) -> Tool:
    shown = shlex.join([Path(command[0]).name, *(Path(word).name if word.startswith("/") else word for word in command[1:])])
    return Tool.model_validate({"name": name, "language": language, "version": version, "command": shown, "tests": tests})


def _version(command: tuple[str, ...], environment: dict[str, str]) -> str:
    outcome = tools.run(command, environment=environment)
    lines = outcome.stdout.strip().splitlines()
    if outcome.failure or not lines:
        raise ToolchainError(f"{shlex.join(command)}: {outcome.failure or 'says no version'}")
    return lines[0]
