"""One process with all Go programs of some benchmarks, which answers inputs one after another."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.catalog.gotests import PREPARE
from bench.catalog.model import GoImplementation
from bench.measure.host.golang import MODULE
from bench.workloads.case import ROOT, Arguments
from tests.workloads.golang import go

MAIN = """package main

import (
	"log"
	"os"

	"{module}/internal/harness"
{imports}
)

func main() {{
	programs := map[string]harness.Program{{
{programs}
	}}
	if err := harness.Serve(programs, os.Stdin, os.Stdout); err != nil {{
		log.Fatal(err)
	}}
}}
"""


class RefusedError(Exception):
    """A program refuses an input."""


Ask = Callable[[str, Arguments], bytes]
"""Returns the canonical text of a program's answer, by its module or package; raises RefusedError where it refuses the input."""


@contextmanager
def answering(binary: Path) -> Iterator[Ask]:
    """Start the process that `build` has linked, and end it afterwards."""
    with subprocess.Popen([str(binary)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        questions, answers = process.stdin, process.stdout

        def ask(package: str, arguments: Arguments) -> bytes:
            question = {"package": package, "arguments": {name: carried(value) for name, value in arguments.items()}}
            questions.write(json.dumps(question).encode() + b"\n")
            questions.flush()
            reply: Mapping[str, str] = json.loads(answers.readline())
            if reply["error"]:
                raise RefusedError(reply["error"])
            return base64.b64decode(reply["text"])

        yield ask


def carried(value: object) -> object:
    """Return an argument as JSON carries it: bytes as base64."""
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def build(programs: Iterable[GoImplementation], folder: Path) -> Path:
    """Link the programs into one executable; its main package exists for the compiler alone, as an overlay of the module."""
    source, overlay, binary = folder / "main.go", folder / "overlay.json", folder / "answering"
    source.write_text(main_text(programs), encoding="utf-8")
    place = ROOT / MODULE / "answering" / "main.go"
    overlay.write_text(json.dumps({"Replace": {str(place): str(source)}}), encoding="utf-8")
    done = go("build", f"-overlay={overlay}", "-ldflags=-s -w", "-o", str(binary), "./answering")
    assert done.returncode == 0, done.stderr
    return binary


def main_text(programs: Iterable[GoImplementation]) -> str:
    packages = {program.package: program for program in programs}
    names = {package: f"p{number}" for number, package in enumerate(packages)}
    entries = []
    for package, name in names.items():
        sources = (ROOT / packages[package].path).glob("*.go")
        prepares = any(PREPARE.search(path.read_text(encoding="utf-8")) for path in sources)
        prepare = f"{name}.Prepare" if prepares else f"harness.Unprepared[{name}.Input]"
        entries.append(f'\t\t"{package}": harness.Answering({prepare}, {name}.Run),')
    imports = (f'\t{name} "{MODULE}/{package}"' for package, name in names.items())
    return MAIN.format(module=MODULE, imports="\n".join(imports), programs="\n".join(entries))
