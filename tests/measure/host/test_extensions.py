"""Modules that are compiled before they are measured. The compiler of these tests is that of the project's own environment."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT
from bench.measure.host import extensions, golang, tools
from tests.cataloged import CATALOG
from tests.kinds import first

PYTHON = Path(sys.executable)
COMPILED = sorted({python.path for b in CATALOG.benchmarks for python in b.python.values() if python.extension})


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "answer.py"
    path.write_text("def run() -> int:\n    return 1\n", encoding="utf-8")
    return path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """Return the commands that are run, in the place of which the source alone is copied."""
    ran: list[Sequence[str]] = []

    def copy(command: Sequence[str], *, cwd: Path, environment: object) -> tools.Outcome:
        del environment
        ran.append(command)
        (cwd / "answer.here.so").write_bytes((cwd / command[-1]).read_bytes())
        return tools.Outcome("", None)

    monkeypatch.setattr(tools, "run", copy)
    return ran


def test_a_module_is_compiled_once(source: Path, tmp_path: Path, commands: list[Sequence[str]]) -> None:
    first, second = (extensions.compiled(PYTHON, source, tmp_path / "kept") for _ in range(2))
    assert first == second
    assert commands == [[sys.executable, "-m", "mypyc", "--config-file=", "answer.py"]]


def test_a_module_whose_source_has_changed_is_compiled_again(source: Path, tmp_path: Path, commands: list[Sequence[str]]) -> None:
    extensions.compiled(PYTHON, source, tmp_path / "kept")
    source.write_text("changed", encoding="utf-8")
    file = extensions.compiled(PYTHON, source, tmp_path / "kept").file
    assert file
    assert (file.read_text(encoding="utf-8"), len(commands)) == ("changed", 2)


def test_each_interpreter_has_an_extension_of_its_own(source: Path, tmp_path: Path, commands: list[Sequence[str]]) -> None:
    pythons = [Path("/one/python"), Path("/other/python")]
    assert len({extensions.compiled(python, source, tmp_path / "kept").file for python in pythons}) == len(commands) == 2


def test_nothing_is_kept_but_what_was_compiled(source: Path, tmp_path: Path, commands: list[Sequence[str]]) -> None:
    file = extensions.compiled(PYTHON, source, tmp_path / "kept").file
    assert file
    assert [path for path in (tmp_path / "kept").rglob("*") if path.is_file()] == [file]
    assert commands


@pytest.mark.programs
def test_without_a_c_compiler_the_reason_is_one_line_that_names_it(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = extensions.compiled(PYTHON, source, tmp_path / "kept")
    assert missing.file is None
    assert re.fullmatch(
        r"mypyc and the machine's C compiler cannot compile it: .*error: .*No such file or directory.*", str(missing.failure)
    )
    assert list((tmp_path / "kept").iterdir()) == []


@pytest.mark.programs
def test_a_mistake_in_the_types_of_a_module_is_the_reason(source: Path, tmp_path: Path) -> None:
    source.write_text("def run() -> int:\n    return 'one'\n", encoding="utf-8")
    missing = extensions.compiled(PYTHON, source, tmp_path / "kept")
    assert 'cannot compile it: answer.py:2: error: Incompatible return value type (got "str", expected "int")' in str(
        missing.failure
    )


@pytest.mark.programs
def test_the_settings_of_a_folder_above_do_not_hold(source: Path, tmp_path: Path) -> None:
    (tmp_path / "mypy.ini").write_text("[mypy]\nplugins = missing\n", encoding="utf-8")
    source.write_text("def run() -> int:\n    return 'one'\n", encoding="utf-8")
    assert "answer.py:2" in str(extensions.compiled(PYTHON, source, tmp_path / "kept").failure)


@pytest.mark.programs
@pytest.mark.skipif(not golang.compiles_c(), reason="this machine has no C compiler")
@pytest.mark.parametrize("module", first(COMPILED))
def test_a_compiled_program_prints_what_its_source_does(module: str, tmp_path: Path) -> None:
    source = ROOT / module
    kept = extensions.compiled(PYTHON, source, tmp_path / "kept").file
    assert kept
    script = f"import {source.stem} as module; module.main(); assert module.__file__.endswith({kept.suffix!r}) == ({{}} == 1)"
    printed = [
        subprocess.run([PYTHON, "-c", script.format(number)], cwd=folder, capture_output=True, check=True).stdout
        for number, folder in enumerate((source.parent, kept.parent))
    ]
    assert printed[0] == printed[1] != b""
