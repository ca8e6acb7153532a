from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from bench.measure.host import pythons
from bench.measure.host.golang import ToolchainError
from bench.measure.host.probes import describe
from bench.measure.host.pythons import Interpreter, InterpreterError
from bench.measure.host.variables import small_environment
from bench.measure.instruments import base
from bench.measure.processes.reaper import HELD_BY
from bench.records.canary import REFERENCES
from tests.measure.hosts import FACTS, interpreter


def program(folder: Path, text: str) -> Path:
    """Write an executable script."""
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def error(specification: str) -> str:
    with pytest.raises(ToolchainError) as caught:
        pythons.find(specification)
    return str(caught.value)


def test_a_path_is_found_and_asked_about_itself() -> None:
    interpreter = pythons.find(sys.executable)
    assert interpreter.facts["version"] == ".".join(map(str, sys.version_info[:3]))
    assert interpreter.language == f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert interpreter.executable == Path(sys.executable)


def test_variables_after_commas_are_set_for_the_interpreter() -> None:
    assert pythons.find(f"{sys.executable},PYTHON_JIT=1,A=b=c").environment == {"PYTHON_JIT": "1", "A": "b=c"}


def test_a_variable_without_value_is_an_error() -> None:
    assert error("3.14,JIT") == "--python 3.14,JIT: 'JIT' is not NAME=VALUE; write for example 3.14,PYTHON_JIT=1"


def test_a_path_that_is_not_there_is_an_error() -> None:
    assert error("/nowhere/python") == "--python /nowhere/python: there is no /nowhere/python"


def test_a_version_that_is_not_installed_is_an_error() -> None:
    assert error("3.99").startswith("--python 3.99: not found; install it or give a path (uv python find: exit status ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("exit 3", "exit status 3"),
        ("true", "does not answer as Python does"),
        ("echo hello", "does not answer as Python does"),
        ("echo 1", "does not answer as Python does"),
        ("echo '{}'", "does not answer as Python does"),
    ],
)
def test_a_program_that_is_no_python_is_an_error(tmp_path: Path, text: str, message: str) -> None:
    assert message in error(str(program(tmp_path, text)))


def test_a_file_that_cannot_be_run_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "python"
    path.write_text("", encoding="utf-8")
    assert error(str(path)) == f"{path}: cannot be run: Permission denied; name a Python from 3.11"


def test_a_python_without_a_module_that_every_build_should_have_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pythons, "_ask", lambda *_: FACTS | {"lacks": "ssl, zlib"})
    assert error(sys.executable) == (
        f"--python {sys.executable}: was built without ssl, zlib: "
        "install the libraries' development files and build it anew, or name another Python"
    )


def test_a_python_tells_which_modules_cannot_be_imported() -> None:
    assert describe.lacks(("json", "nowhere", "zlib", "nowhere_else")) == "nowhere, nowhere_else"


def test_the_probe_gets_the_variables_that_measured_programs_get(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "python"
    answer = json.dumps(FACTS | {"executable": str(path)})
    program(tmp_path, f"test $# = 1 || env > {tmp_path}/variables\ncat <<'END'\n{answer}\nEND")
    for name in ("PYTHONDEVMODE", "PYTHONMALLOC", "PYTHONPATH", "GODEBUG", "OTHER"):
        monkeypatch.setenv(name, "reached-it")
    pythons.find(f"{path},PYTHON_JIT=1")
    variables = (tmp_path / "variables").read_text(encoding="utf-8")
    assert "PYTHON_JIT=1\n" in variables
    assert "reached-it" not in variables


def test_a_program_gets_the_probes_variables_and_what_is_drawn_for_it() -> None:
    drawn = {"PYTHONHASHSEED", "PADDING", HELD_BY}
    environment = base.environment({"A": "b"}, "seed")
    assert {name: value for name, value in environment.items() if name not in drawn} == small_environment({"A": "b"})


def test_what_a_launcher_starts_is_what_is_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LAUNCHED", sys.executable)
    assert str(pythons.find(str(program(tmp_path, 'exec "$LAUNCHED" "$@"'))).executable) == sys.executable


def test_a_python_that_is_too_old_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pythons, "_ask", lambda *_: FACTS | {"language": "3.10"})
    assert error(sys.executable) == f"--python {sys.executable}: is Python 3.10; 3.11 is the oldest measured"


@pytest.mark.parametrize(
    ("environment", "facts", "name"),
    [
        ({}, {}, "cpython-3.14"),
        ({"PYTHON_JIT": "1"}, {"jit": True}, "cpython-3.14-jit"),
        ({"PYTHON_JIT": "0"}, {"jit": False}, "cpython-3.14"),
        ({}, {"free_threaded": True, "gil": False}, "cpython-3.14t"),
        ({"PYTHON_GIL": "1"}, {"free_threaded": True, "gil": True}, "cpython-3.14t-gil"),
        ({}, {"implementation": "PyPy", "language": "3.11", "gil": None, "jit": None}, "pypy-3.11"),
        ({"PYTHONMALLOC": "malloc"}, {}, "cpython-3.14-pythonmalloc-malloc"),
    ],
)
def test_a_runtime_is_named_after_what_runs(environment: dict[str, str], facts: dict[str, object], name: str) -> None:
    assert interpreter(environment, **facts).name == name


@pytest.mark.parametrize("value", ["a/b", "ä ö", "x" * 20, "../.."])
def test_a_runtimes_name_is_one_segment_of_a_programs_name(value: str) -> None:
    assert re.fullmatch(r"[a-z0-9.-]+", interpreter({"LIBRARY": value}).name)


def test_an_interpreter_is_described_with_its_canary() -> None:
    described = pythons.runtime(interpreter(), {"orjson": "3.11.4"})
    assert described.canary is not None
    assert described.canary.score == pytest.approx(1)
    assert (described.optimised, described.packages) == (True, {"orjson": "3.11.4"})


def test_a_slow_build_is_not_optimised() -> None:
    slow = {name: 2 * kernel for name, kernel in REFERENCES["3.14"][1].items()}
    assert not pythons.runtime(interpreter(canary=slow), {}).optimised


def test_an_implementation_without_reference_has_no_canary() -> None:
    described = pythons.runtime(interpreter(implementation="PyPy", canary={"integer loop": 0.1, "mixed": 0.1}), {})
    assert (described.canary, described.optimised) == (None, True)


@pytest.mark.parametrize(
    ("executable", "origin"),
    [
        ("/home/me/.pyenv/versions/3.14.0/bin/python", "pyenv"),
        ("/home/me/.local/share/uv/python/cpython-3.14/bin/python3.14", "python-build-standalone"),
        ("/opt/hostedtoolcache/Python/3.14.0/x64/bin/python", "GitHub Actions"),
        ("/opt/made/bin/python", "unknown"),
    ],
)
def test_the_origin_is_told_from_where_the_interpreter_lies(executable: str, origin: str) -> None:
    somewhere = Interpreter("3.14", Path(executable), {}, FACTS)
    assert pythons.runtime(somewhere, {}).origin == origin


def listed(monkeypatch: pytest.MonkeyPatch, folder: Path, installed: dict[str, Interpreter]) -> None:
    """Let `uv python list` name interpreters of the given versions, and `find` find them."""
    entries = []
    for version, one in installed.items():
        (folder / version).touch()
        major, minor, patch = map(int, version.split("."))
        parts = f'{{"major": {major}, "minor": {minor}, "patch": {patch}}}'
        free = "freethreaded" if one.facts["free_threaded"] else "default"
        entries.append(
            f'{{"path": "{folder / version}", "version_parts": {parts}, "implementation": "cpython", "variant": "{free}"}}'
        )
    monkeypatch.setattr(pythons, "_uv", lambda *_: f"[{', '.join(entries)}]")
    monkeypatch.setattr(pythons, "find", lambda path: installed[Path(path).name])


def version(folder: Path, number: str, factor: float = 1.0, **facts: object) -> Interpreter:
    language = number.rpartition(".")[0]
    canary = {name: factor * kernel for name, kernel in REFERENCES["3.14"][1].items()}
    return Interpreter(number, folder / number, {}, FACTS | {"version": number, "language": language, "canary": canary} | facts)


def test_the_newest_optimised_interpreter_is_the_best(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    versions = {"3.14.2": 1.0, "3.14.10": 1.0, "3.15.0": 2.0}
    listed(monkeypatch, tmp_path, {number: version(tmp_path, number, factor) for number, factor in versions.items()})
    assert pythons.best().specification == "3.14.10"


def test_without_an_optimised_interpreter_the_newest_is_the_best(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    listed(monkeypatch, tmp_path, {number: version(tmp_path, number, 2.0) for number in ("3.14.2", "3.14.10")})
    assert pythons.best().specification == "3.14.10"


def test_old_and_free_threaded_interpreters_are_not_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ordinary = {number: version(tmp_path, number) for number in ("3.10.9", "3.12.1")}
    listed(monkeypatch, tmp_path, ordinary | {"3.14.2": version(tmp_path, "3.14.2", free_threaded=True)})
    assert pythons.best().specification == "3.12.1"


def test_a_machine_without_cpython_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    listed(monkeypatch, tmp_path, {})
    with pytest.raises(ToolchainError, match=r"no CPython from 3.11 was found; install one, or name it with --python PATH"):
        pythons.best()


def test_an_error_that_is_not_about_an_interpreter_is_not_taken_for_a_missing_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    listed(monkeypatch, tmp_path, {"3.14.2": version(tmp_path, "3.14.2")})
    monkeypatch.setattr(pythons, "find", raising(ToolchainError("go run: GOCACHE is not defined")))
    with pytest.raises(ToolchainError, match=r"^go run: GOCACHE is not defined$"):
        pythons.best()


def test_where_no_interpreter_can_be_measured_the_error_says_why_of_each(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    listed(monkeypatch, tmp_path, {number: version(tmp_path, number) for number in ("3.13.1", "3.14.2")})
    monkeypatch.setattr(pythons, "find", raising(InterpreterError("was built without ssl")))
    with pytest.raises(ToolchainError) as caught:
        pythons.best()
    assert str(caught.value).splitlines()[1:] == ["was built without ssl"] * 2


def test_an_error_of_uvs_own_is_not_taken_for_a_version_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pythons, "_uv", raising(ToolchainError("uv python find: exit status 2: error: Failed to initialize cache"))
    )
    assert error("3.14") == "uv python find: exit status 2: error: Failed to initialize cache"


def raising(error: Exception) -> Callable[..., NoReturn]:
    """Return a function that raises an error."""

    def raises(*_: object) -> NoReturn:
        raise error

    return raises


def test_an_environment_that_cannot_be_made_is_an_error_with_what_the_installer_said(tmp_path: Path) -> None:
    requirements = tmp_path / "core.txt"
    requirements.write_text("pyperf\n", encoding="utf-8")
    with pytest.raises(ToolchainError, match=r"uv pip install: exit status \d+: .*hash"):
        pythons.environment(pythons.find(sys.executable), requirements, tmp_path / "environments")


def test_an_environment_is_made_once(tmp_path: Path) -> None:
    requirements = tmp_path / "core.txt"
    requirements.write_text("", encoding="utf-8")
    here = pythons.find(sys.executable)
    first = pythons.environment(here, requirements, tmp_path / "environments")
    (first.parent / "mark").touch()
    assert pythons.environment(here, requirements, tmp_path / "environments") == first
    assert (first.parent / "mark").exists()
    assert pythons.packages(first) == {}


def test_other_requirements_get_another_environment(tmp_path: Path) -> None:
    requirements = tmp_path / "core.txt"
    requirements.write_text("", encoding="utf-8")
    here = pythons.find(sys.executable)
    first = pythons.environment(here, requirements, tmp_path / "environments")
    requirements.write_text("# nothing\n", encoding="utf-8")
    assert pythons.environment(here, requirements, tmp_path / "environments") != first


def test_without_uv_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pythons, "_search_path", lambda: str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolchainError, match="uv is missing from the project's environment"):
        pythons.packages(Path(sys.executable))
