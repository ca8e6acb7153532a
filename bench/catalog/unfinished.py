"""What is still to be filled in: the places that a skeleton has left to its author, which `check` names until they are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

MARK = "FILL IN"
"""What stands in a skeleton where its author is asked for something: followed by a colon and by what is asked."""
FOLDERS = ("bench/catalog", "bench/workloads", "go_examples", "docs")
NOT_FROM_SKELETONS = (".py", "bench/catalog"), (".md", "docs/decisions")
"""Files that may name the mark: this room's modules, and the record of why there is one."""
PLACE = re.compile(rf"{MARK}: (.*)")
CLOSING = '")] '
"""What may follow at the end of the line: it closes a text, a list or a call."""
ENTRY = re.compile(r'^(?:id|name) = "(.+)"')
TABLE = re.compile(r"^\[\w+\.(.+)\]")
KEY = re.compile(r"^([\w-]+) = ")


def unfinished(root: Path) -> list[str]:
    """Return every place that is to be filled in, with file and line, of an entry with its key too, and what is asked there."""
    return [place for folder in FOLDERS for path in sorted((root / folder).rglob("*")) for place in _places(path, root)]


def _places(path: Path, root: Path) -> Iterator[str]:
    name = path.relative_to(root).as_posix()
    if not path.is_file() or any(name.endswith(suffix) and name.startswith(folder) for suffix, folder in NOT_FROM_SKELETONS):
        return
    content = path.read_bytes()
    if MARK.encode() not in content:
        return
    entry = table = ""
    for number, line in enumerate(content.decode(errors="replace").splitlines(), 1):
        key = ""
        if path.suffix == ".toml":
            if line.startswith("[["):
                entry = table = ""
            entry = declared[1] if (declared := ENTRY.match(line)) and not table else entry
            table = opened[1] if (opened := TABLE.match(line)) else table
            name_of_key = KEY.match(line)
            key = f" {entry}: {'.'.join(filter(None, (table, name_of_key[1] if name_of_key else '')))}:"
        for place in PLACE.findall(line):
            yield f"{name}:{number}:{key} to be filled in: {place.rstrip(CLOSING)}"
