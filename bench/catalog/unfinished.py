"""What is still to be filled in: the places that a skeleton has left to its author, which `check` names until they are gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.catalog.model import Benchmark

MARK = "FILL IN"
"""What stands in a skeleton where its author is asked for something: followed by a colon and by what is asked."""
FOLDERS = ("bench/catalog", "bench/workloads", "go_examples", "docs")
NOT_FROM_SKELETONS = (".py", "bench/catalog"), (".md", "docs/decisions")
"""Files that may name the mark: this room's modules, and the record of why there is one."""
GENERATED = "docs/data", "__pycache__"
"""Folders that a build or an interpreter fills, by the end of their paths; some repeat what an author wrote."""
LONGEST = 120
"""Characters of what is asked; one line of a page may be a whole paragraph."""
PLACE = re.compile(rf"{MARK}: (.*)")
CLOSING = '")] '
"""What may follow at the end of the line: it closes a text, a list or a call."""
ENTRY = re.compile(r'^(?:id|name) = "(.+)"')
TABLE = re.compile(r"^\[\w+\.(.+)\]")
KEY = re.compile(r"^([\w-]+) = ")


def unfinished(root: Path) -> list[str]:
    """Return every place that is to be filled in, with file and line, of an entry with its key too, and what is asked there."""
    return [place for folder in FOLDERS for path in _written(root / folder, root) for place in _places(path, root)]


def concerning(benchmark: Benchmark, places: Iterable[str]) -> list[str]:
    """Return those of the unfinished places that are in a benchmark's entry, in its servers', or in a program of either.

    Not those of its page, which measuring does not read.
    """
    served = benchmark.instrument == "http"
    entries = {benchmark.id, *((*benchmark.python, *benchmark.go) if served else ())}
    python = (f"{program.path.rpartition('/')[0]}/" if served else f"{program.path}:" for program in benchmark.python.values())
    programs = (*python, *(f"{program.path}/" for program in benchmark.go.values()))
    return [
        place
        for place in places
        if place.startswith(programs) or (place.startswith("bench/catalog/") and place.split(": ")[1] in entries)
    ]


def _written(folder: Path, root: Path) -> Iterator[Path]:
    """Yield the files of a folder that an author writes."""
    if f"/{folder.relative_to(root).as_posix()}".endswith(tuple(f"/{generated}" for generated in GENERATED)):
        return
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir():
            yield from _written(path, root)
        else:
            yield path


def _places(path: Path, root: Path) -> Iterator[str]:
    name = path.relative_to(root).as_posix()
    if any(name.endswith(suffix) and name.startswith(folder) for suffix, folder in NOT_FROM_SKELETONS):
        return
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:  # a picture, a binary
        return
    if MARK not in text:
        return
    entry = table = ""
    for number, line in enumerate(text.splitlines(), 1):
        key = ""
        if path.suffix == ".toml":
            if line.startswith("[["):
                entry = table = ""
            entry = declared[1] if (declared := ENTRY.match(line)) and not table else entry
            table = opened[1] if (opened := TABLE.match(line)) else table
            name_of_key = KEY.match(line)
            key = f" {entry}: {'.'.join(filter(None, (table, name_of_key[1] if name_of_key else '')))}:"
        for place in PLACE.findall(line):
            asked = place.rstrip(CLOSING)
            cut = asked if len(asked) <= LONGEST else f"{asked[:LONGEST].rstrip()} ..."
            yield f"{name}:{number}:{key} to be filled in: {cut}"
