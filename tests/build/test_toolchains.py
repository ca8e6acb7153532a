"""What is missing or does not compile ends a measurement with one message that names it, and a status other than 0."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.build.commands import build, edit, error
from tests.kinds import first


def without_go(folder: Path) -> Path:
    """Make a virtual environment with what this one has, but for the Go toolchain; return its python."""
    (folder / "bin").mkdir(parents=True)
    for name in ("lib", "pyvenv.cfg"):
        (folder / name).symlink_to(Path(sys.prefix) / name)
    python = folder / "bin" / "python"
    python.symlink_to(Path(sys.executable).resolve())
    return python


@pytest.mark.parametrize("command", first([("site",), ("bench",)]))
def test_a_missing_go_toolchain_is_named(copied: Path, command: tuple[str, ...], tmp_path: Path) -> None:
    python = without_go(tmp_path / "environment")
    message = error(build(copied, *command, "--profile", "smoke", python=python))
    assert message.startswith(f"the Go toolchain is missing: there is no {python.with_name('go')}; ")


def test_an_interpreter_that_is_not_there_is_named(copied: Path) -> None:
    message = error(build(copied, "site", "--profile", "smoke", "--python", "/nowhere/python"))
    assert message == "--python /nowhere/python: there is no /nowhere/python"


def test_one_of_several_globs_that_fits_is_enough(untouched: Path) -> None:
    message = error(build(untouched, "bench", "--only", "nope/*,execution/fib", "--python", "/nowhere/python"))
    assert message == "--python /nowhere/python: there is no /nowhere/python"


def test_a_go_program_that_does_not_compile_is_named_with_what_the_compiler_says(copied: Path) -> None:
    edit(copied / "go_examples" / "execution" / "fib" / "fib.go", "return", "return nothing +")
    done = build(copied, "bench", "--profile", "smoke", "--only", "execution/fib", "--python", sys.executable)
    assert "undefined: nothing" in error(done)
