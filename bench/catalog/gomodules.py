"""Which Go packages `go_examples/modules.json` lacks: without what it says of them, nothing of theirs can be measured."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

MODULES = "go_examples/modules.json"
"""Go package -> the modules beyond the standard library that are linked into it; `make lock` writes it."""
FOREIGN = re.compile(r'^(?:import |\t)(?:[\w.]+ )?"([\w-]+\.[\w.-]+/[^"]+)"$', re.MULTILINE)
"""An import from beyond the standard library and the project: its path begins with a domain."""


def mistakes(root: Path) -> list[str]:
    """Return the packages that import a module of others and are not listed, each once, with one of its imports."""
    try:
        known = json.loads((root / MODULES).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        return [f"{MODULES}: cannot be read: {error}; run `make lock`"]
    imports = {package: module for package, module in _imports(root) if package not in known}
    return [f"{MODULES}: lacks {package}, which imports {module}: run `make lock`" for package, module in imports.items()]


def _imports(root: Path) -> Iterator[tuple[str, str]]:
    go = root / "go_examples"
    for path in sorted(go.rglob("*.go")):
        if not path.name.endswith("_test.go"):
            for module in FOREIGN.findall(path.read_text(encoding="utf-8")):
                yield path.parent.relative_to(go).as_posix(), module
