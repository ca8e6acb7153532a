"""Every instrument, killed with the harness in the middle of an invocation: no process and no folder is left."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.catalog import Benchmark
from tests.cataloged import CATALOG
from tests.kinds import first
from tests.measure import hangs, killed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

FIB, EMPTY, WAKE = (CATALOG.benchmark(name) for name in ("execution/fib", "memory/base-empty", "concurrency/lost-output"))
START = CATALOG.benchmark("execution/start-empty")
HARNESS = """
import pathlib, sys

from bench.measure.host import golang, pythons
from bench.measure.instruments import commands, marked, timing
from bench.measure.instruments.base import InvocationRequest
from tests import observed
from tests.cataloged import CATALOG

name, program, action, root, hung = sys.argv[1:]
benchmark = CATALOG.benchmark(name)
if benchmark.instrument == "command":
    python = dict.fromkeys(("standard-library", "native-library"), *benchmark.python.values())
    benchmark = benchmark.model_copy(update={"action": action, "python": python})
context = observed.context(pathlib.Path(root, "binaries"), pathlib.Path(root))
context.environments[benchmark.requirements]["here"] = pathlib.Path(hung)
golang.compiler = lambda: pathlib.Path(hung)
golang.language = lambda _: "1.27"
golang.sources = lambda *_: []
pythons.uv = lambda: hung
instrument = {"time": timing, "memory": marked, "observe": marked, "command": commands}[benchmark.instrument]
layout = 1 if program.startswith("go/") else None
print(instrument.invoke(context, benchmark, program, InvocationRequest(layout, 1, 0, 1, "killed")), file=sys.stderr)
"""
"""Makes an invocation in which every program and every toolchain hangs."""
ESCAPES = pytest.mark.parametrize("escapes", first([True, False]), ids=["child that escapes", "child in its group"])


def assert_nothing_left(folder: Path, benchmark: Benchmark, program: str, action: str = "", *, escapes: bool = False) -> None:
    """Kill a harness while a program hangs, or the toolchain that makes it, and see that nothing is left of it."""
    root, reached = folder / "project", folder / "reached"
    hung = script(folder / "hung", hangs.program(reached, escapes=escapes))
    for name in ("build", *(go.path for go in benchmark.go.values())):
        (root / name).mkdir(parents=True)
    for go in benchmark.go.values():
        for binary in (f"commands/{go.package.replace('/', '--')}", f"1/{go.package.replace('/', '--')}.test"):
            script(root / "binaries" / binary, hung.read_text(encoding="utf-8"))
    for python in benchmark.python.values():
        script(root / python.path, "")
    arguments = [benchmark.id, program, action, str(root), str(hung)]
    killed.assert_nothing_left(HARNESS, arguments, reached, folder / "temporary", root / "build")


def script(path: Path, text: str) -> Path:
    """Write a Python program that can be run by its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{text}\nrun(None)\n", encoding="utf-8")
    path.chmod(0o700)
    return path


@ESCAPES
@pytest.mark.parametrize(
    ("benchmark", "program"),
    [
        pytest.param(FIB, "python/pure/here", id="time python"),
        pytest.param(FIB, "go/standard-library", id="time go"),
        pytest.param(EMPTY, "python/interpreter/here", id="memory python"),
        pytest.param(EMPTY, "go/binary", id="memory go"),
        pytest.param(WAKE, "python/task-group/here", id="observe python"),
        pytest.param(WAKE, "go/wait-group", id="observe go"),
    ],
)
def test_nothing_is_left_of_a_program(tmp_path: Path, benchmark: Benchmark, program: str, *, escapes: bool) -> None:
    assert_nothing_left(tmp_path, benchmark, program, escapes=escapes)


@pytest.mark.parametrize("action", first(["run", "serve", "rebuild", "compile", "install", "size", "source"], 2))
@pytest.mark.parametrize("program", ["python/standard-library/here", "python/native-library/here", "go/standard-library"])
def test_nothing_is_left_of_a_command(tmp_path: Path, program: str, action: str) -> None:
    assert_nothing_left(tmp_path, START, program, action)
