"""Prints what distributions bring along: a program of its own, run by every measured python.

    python bench/measure/host/probes/closure.py fastapi 'psycopg[binary]'

Follows the requirements of the given distributions, which count as well, and of the extras that are asked for, as far as their
environment markers hold for this python. Prints one JSON object: distributions with their versions, and their size in bytes on
disk. Bytecode caches do not count: they are made when a module is first imported.

A measured environment need not have `packaging`, the library for this. Markers are nearly Python expressions, so Python's own
parser reads them here; a marker that it cannot read is an error. https://packaging.python.org/specifications/dependency-specifiers
"""

from __future__ import annotations

import ast
import json
import operator
import os
import platform
import re
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

REQUIREMENT = re.compile(r"\s*(?P<name>[A-Za-z0-9][\w.-]*)\s*(?:\[(?P<extras>[^\]]*)\])?[^;]*(?:;(?P<marker>.*))?")
VERSIONS = ("python_version", "python_full_version", "implementation_version")
"""Variables of markers that are compared as versions."""
VARIABLES = {
    "implementation_name": sys.implementation.name,
    "implementation_version": platform.python_version(),
    "os_name": os.name,
    "platform_machine": platform.machine(),
    "platform_python_implementation": platform.python_implementation(),
    "platform_release": platform.release(),
    "platform_system": platform.system(),
    "platform_version": platform.version(),
    "python_full_version": platform.python_version(),
    "python_version": ".".join(platform.python_version_tuple()[:2]),
    "sys_platform": sys.platform,
}
OPERATORS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda one, other: one in other,
    ast.NotIn: lambda one, other: one not in other,
}


def closure(packages: list[str]) -> dict[str, Distribution]:
    """Return every distribution that the given ones need, by its normalised name, themselves included.

    Raises:
        LookupError: one is not installed.
        ValueError: a requirement cannot be read.
    """
    needed: dict[str, Distribution] = {}
    followed: set[tuple[str, str]] = set()
    wanted = [pair for package in packages for pair in required(package, "")]
    while wanted:
        name, extra = wanted.pop()
        if (name, extra) in followed:
            continue
        followed.add((name, extra))
        try:
            needed[name] = distribution(name)
        except PackageNotFoundError:
            raise LookupError(f"{name} is not installed, and {', '.join(packages)} need it") from None
        for requirement in needed[name].requires or ():
            wanted.extend(required(requirement, extra))
    return needed


def required(requirement: str, extra: str) -> Iterator[tuple[str, str]]:
    """Yield what a requirement asks for where `extra` is: a distribution with no extra (""), and with each that is named."""
    parts = REQUIREMENT.fullmatch(requirement)
    if parts is None:
        raise ValueError(f"not a requirement: {requirement}")
    if parts["marker"] is None or holds(parts["marker"], extra):
        name = normalised(parts["name"])
        yield name, ""
        yield from ((name, normalised(one)) for one in (parts["extras"] or "").split(",") if one.strip())


def normalised(name: str) -> str:
    """Return a name as all spellings of it are compared."""
    return re.sub(r"[-_.]+", "-", name.strip()).lower()


def holds(marker: str, extra: str) -> bool:
    """Whether an environment marker holds for this python where `extra` is asked for, or none ("").

    Raises:
        ValueError: it cannot be read.
    """
    try:
        return _truth(ast.parse(marker.strip(), mode="eval").body, {**VARIABLES, "extra": extra})
    except (SyntaxError, KeyError, ValueError) as error:
        raise ValueError(f"not a marker that can be read: {marker.strip()}") from error


def _truth(node: ast.expr, variables: dict[str, str]) -> bool:
    if isinstance(node, ast.BoolOp):
        both = all if isinstance(node.op, ast.And) else any
        return both([_truth(value, variables) for value in node.values])
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        raise ValueError(ast.dump(node))
    sides = (node.left, node.comparators[0])
    texts = [_text(side, variables) for side in sides]
    names = [side.id for side in sides if isinstance(side, ast.Name)]
    compare = OPERATORS[type(node.ops[0])]
    if names == ["extra"]:
        return compare(*map(normalised, texts))
    if names and names[0] in VERSIONS and not isinstance(node.ops[0], (ast.In, ast.NotIn)):
        return compare(*map(_version, texts))
    return compare(*texts)


def _text(side: ast.expr, variables: dict[str, str]) -> str:
    if isinstance(side, ast.Name):
        return variables[side.id]
    if isinstance(side, ast.Constant) and isinstance(side.value, str):
        return side.value
    raise ValueError(ast.dump(side))


def _version(text: str) -> tuple[int, ...]:
    """Return the numbers of a release, without zeros at the end; of a version before a release, those of the release."""
    parts = re.fullmatch(r"(\d+(?:\.\d+)*)((a|b|rc)\d+)?\+?", text)
    if parts is None:
        raise ValueError(text)
    numbers = [int(number) for number in parts[1].split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def size(one: Distribution) -> int:
    """Return the bytes of a distribution's files.

    Raises:
        LookupError: it does not say which they are.
    """
    if one.files is None:
        raise LookupError(f"{one.metadata['Name']} has no list of its files")
    files = {Path(str(one.locate_file(file))).resolve() for file in one.files}
    return sum(file.stat().st_size for file in files if file.suffix != ".pyc" and file.is_file())


if __name__ == "__main__":
    try:
        needed = closure(sys.argv[1:])
        facts = {
            "distributions": {name: one.version for name, one in sorted(needed.items())},
            "bytes": sum(map(size, needed.values())),
        }
    except (LookupError, ValueError) as problem:
        sys.exit(str(problem))
    sys.stdout.write(json.dumps(facts))
