"""Go's timed programs as one test binary: each has one of its own to be measured; linking a hundred takes most of a minute."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Collection, Iterator
from pathlib import Path

from bench.catalog.gotests import FUNCTION, expected, suffix, timed_programs
from bench.measure.host.golang import MODULE
from bench.workloads.case import ROOT
from tests.cataloged import CATALOG
from tests.workloads.golang import go

WHERE = f"{MODULE}/internal/harness"
"""The package whose test file it pretends to be: a folder that is there, as that is where the binary runs."""
TEST = """package harness_test

import (
	"testing"

	"go_examples/internal/harness"
{imports}
)

func TestEvery(t *testing.T) {{
{tests}
}}

func BenchmarkEvery(b *testing.B) {{
{benchmarks}
}}
"""


def alone(packages: Collection[str]) -> list[str]:
    """Return those packages whose only test file is the generated one, so that nothing is left out when it is not compiled."""
    generated, programs = expected(CATALOG, ROOT), timed_programs(CATALOG, ROOT)
    return sorted(
        package
        for package in packages
        if [path.relative_to(ROOT).as_posix() for path in (ROOT / MODULE / package).glob("*_test.go")]
        == [name for name in generated if name.startswith(f"{MODULE}/{package}/") and not programs[package].companion]
    )


def run(folder: Path, packages: list[str], timed: Collection[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the tests of packages, and of those that are timed one iteration; `folder` gets what only the compiler sees."""
    source, overlay = folder / "every_test.go", folder / "overlay.json"
    source.write_text(_text(packages, timed), encoding="utf-8")
    overlay.write_text(json.dumps({"Replace": {str(ROOT / WHERE / source.name): str(source)}}), encoding="utf-8")
    chosen = ("-run=^TestEvery$", "-bench=^BenchmarkEvery$", "-benchtime=1x")
    return go("test", f"-overlay={overlay}", *chosen, *arguments, f"./{WHERE.removeprefix(f'{MODULE}/')}")


def apart(event: dict[str, str]) -> dict[str, str]:
    """Return an event of `go test` as if each package had been tested by itself."""
    every, _, name = event.get("Test", "").partition("/")
    package, _, function = name.partition(":")
    if every == "TestEvery" and package:
        return {key: value for key, value in event.items() if key != "Test"} | {"Package": f"{MODULE}/{package}"}
    if every == "BenchmarkEvery" and function:
        return event | {"Package": f"{MODULE}/{package}", "Test": function}
    return event


def _text(packages: list[str], timed: Collection[str]) -> str:
    programs = timed_programs(CATALOG, ROOT)
    names = {package: f"p{number}" for number, package in enumerate(packages)}
    tests, benchmarks = [], []
    for package, name in names.items():
        ids, prepares = programs[package].ids, programs[package].prepares
        prepared, arguments = ("Prepared", f"{name}.Prepare, {name}.Run") if prepares else ("", f"{name}.Run")
        checks = "; ".join(f'harness.Check{prepared}(t, "{id_}", {arguments})' for id_ in ids)
        tests.append(f'\tt.Run("{package}", func(t *testing.T) {{ {checks} }})')
        benchmarks += [
            f'\tb.Run("{package}:{function}", func(b *testing.B) {{ harness.Measure{prepared}(b, "{id_}", {arguments}) }})'
            for id_, function in _functions(ids)
            if package in timed
        ]
    imports = "\n".join(f'\t{name} "{MODULE}/{package}"' for package, name in names.items())
    return TEST.format(imports=imports, tests="\n".join(tests), benchmarks="\n".join(benchmarks))


def _functions(ids: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield each benchmark with the name of its function where its package has a test file of its own."""
    for id_ in ids:
        yield id_, FUNCTION + (suffix(id_) if len(ids) > 1 else "")
