"""The rooms: imports run one way, from a later room to an earlier one, and there are no cycles."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from bench.catalog.loader import ROOT

ROOMS = (
    "bench.workloads",
    "bench.catalog",
    "bench.records",
    "bench.measure.host",
    "bench.measure.processes",
    "bench.measure.instruments",
    "bench.measure.http",
    "bench.measure.queue",
    "bench.measure.session",
    "bench.analyse",
    "scripts.publish.style",
    "scripts.publish.facts",
    "scripts.publish.figures",
    "scripts.publish.tables",
    "scripts.publish.prose",
    "scripts.publish.site",
    "scripts.publish.export",
    "scripts.command_line",
    "scripts.build",
)
"""From the ground up: a room may import from itself and from those above it in this list."""
APART = {"bench.analyse": ("bench.measure",)}
"""Room -> earlier rooms that it must not import either: what it shares with measuring is in bench.records."""


def modules(root: Path) -> dict[str, Path]:
    """Return every module of the project by its dotted name; a package by the name of its folder."""
    files = [*(root / "bench").rglob("*.py"), *(root / "scripts").rglob("*.py")]
    names = {path: path.relative_to(root).with_suffix("").parts for path in files}
    return {".".join(parts[:-1] if parts[-1] == "__init__" else parts): path for path, parts in names.items()}


def imported(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    """Yield the project's modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: a relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from {name if name in known else node.module for name in names} & known.keys()
        elif isinstance(node, ast.Import):
            yield from {alias.name for alias in node.names} & known.keys()


def room(module: str) -> str | None:
    """Return the room of a module; None for a package that only holds rooms."""
    return next((name for name in ROOMS if module == name or module.startswith(f"{name}.")), None)


def violations(root: Path) -> list[str]:
    """Return the imports against the direction of the rooms, each with both files."""
    known = modules(root)
    messages = []
    for module, path in known.items():
        for target in imported(path, known):
            here, there = room(module), room(target)
            if here is None or there is None:
                continue
            apart = any(there.startswith(name) for name in APART.get(here, ()))
            if ROOMS.index(there) > ROOMS.index(here) or apart:
                messages.append(f"{path.relative_to(root)} ({here}) imports {known[target].relative_to(root)} ({there})")
    return messages


def copy(destination: Path, name: str, text: str) -> Path:
    """Return a copy of the project's Python files with one more line in one of them."""
    for path in modules(ROOT).values():
        target = destination / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    with (destination / name).open("a", encoding="utf-8") as file:
        file.write(text)
    return destination


def test_imports_run_one_way() -> None:
    assert violations(ROOT) == []


def test_every_module_is_in_a_room() -> None:
    packages_of_rooms = {"bench", "scripts", "bench.measure", "scripts.publish"}
    assert {module for module in modules(ROOT) if room(module) is None} == packages_of_rooms


def test_modules_do_not_import_in_cycles() -> None:
    known = modules(ROOT)
    try:
        TopologicalSorter({module: list(imported(path, known)) for module, path in known.items()}).prepare()
    except CycleError as error:
        pytest.fail(f"a cycle: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize(
    ("file", "planted", "target"),
    [
        ("bench/records/store.py", "from bench.measure.host import machine", "bench/measure/host/machine.py"),
        (
            "bench/measure/processes/process.py",
            "from bench.measure.session.runner import Progress",
            "bench/measure/session/runner.py",
        ),
        ("bench/analyse/pairs.py", "from bench.measure.session import plan", "bench/measure/session/plan.py"),
        ("scripts/publish/tables/tables.py", "import scripts.publish.site.blocks", "scripts/publish/site/blocks.py"),
    ],
)
def test_an_import_against_the_direction_is_reported_with_both_files(
    tmp_path: Path, file: str, planted: str, target: str
) -> None:
    (message,) = violations(copy(tmp_path, file, f"\n\ndef late() -> None:\n    {planted}\n"))
    assert message.startswith(f"{file} (")
    assert f" imports {target} (" in message
