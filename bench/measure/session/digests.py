"""Digests: what a program's result was measured from, so that what is measured and unchanged is not measured again.

Each program has one, of all that can change its results: what the catalog says of it, its sources without comments, the
bytes that it reads, and the libraries that it needs with all that these need.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import io
import json
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.catalog import Benchmark
from bench.catalog.model import GoImplementation, PythonImplementation
from bench.measure.host import extensions
from bench.measure.host.golang import ToolchainError
from bench.measure.http import crowd, distance
from bench.measure.queue import broker, table
from bench.workloads import inputs

MEASURED = {
    *("id", "instrument", "action", "page_cache", "unit", "requirements", "input", "files"),
    *("metric", "reading", "counts", "cpus", "companion"),
}
"""The fields of a catalog entry that all of its measurements depend on; the others are prose, or of one program."""
COMPANION = "internal/companion"
HELPERS = {"http": "load", "queue": broker.PACKAGE}
"""What loads the programs of an instrument."""
SCHEMA = "bench/workloads/web/schema.sql"
HARNESS = ("bench/measure", "bench/records")
"""Folders that decide how anything is measured."""
GO = "go_examples"
MODULES = f"{GO}/modules.json"
"""Go package -> the modules beyond the standard library that are linked into it; `make lock` writes it."""
SERVER_FILES = {".py", ".go", ".html", ".conf", ""}
"""Endings of the files that a web server is made of; Revel's routes have none."""
GO_TEXT = re.compile(r'`[^`]*`|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|(//(?!go:|export )[^\n]*|/\*.*?\*/)', re.DOTALL)
"""Go's strings and runes, in which comments cannot begin, and as a group its comments, but for those that the compiler obeys."""


def programs(benchmark: Benchmark, root: Path) -> dict[str, str]:
    """Return "python/<variant>" or "go/<variant>" -> the digest of what is measured of it.

    Raises:
        ToolchainError: `modules.json` lacks a package.
    """
    common = list(_common(benchmark, root))
    digests = {f"python/{variant}": _digest([*common, *_python(benchmark, variant, root)]) for variant in benchmark.python}
    return digests | {f"go/{variant}": _digest([*common, *_go(benchmark, variant, root)]) for variant in benchmark.go}


def of_program(digests: Mapping[str, str], program: str) -> str | None:
    """Return the digest of "python/<variant>/<runtime>" or "go/<variant>" from those of its benchmark, if it has the variant."""
    return digests.get("/".join(program.split("/")[:2]))


def harness(root: Path) -> str:
    """Return the digest of the code that measures: every file of bench/measure and bench/records."""
    files = sorted(path for folder in HARNESS for path in (root / folder).rglob("*.py"))
    return _digest((path.relative_to(root).as_posix(), path.read_bytes()) for path in files)


def sources(benchmark: Benchmark, program: str, root: Path) -> list[Path]:
    """Return the source files that "python/<variant>" or "go/<variant>" is made of, with the project's that they import."""
    language, variant = program.split("/")
    if language == "python":
        start = [root / benchmark.python[variant].path]
        harness = {"time": "__main__.py", "memory": "report.py", "observe": "report.py"}.get(benchmark.instrument)
        start += [root / "bench" / "workloads" / harness] if harness else []
        folder = start[0].parent
    else:
        folder = root / benchmark.go[variant].path
        start = _of_package(folder)
    if benchmark.instrument == "http":
        start += [path for path in folder.rglob("*") if path.is_file() and path.suffix in SERVER_FILES and not _is_test(path)]
    return _closure(start, root)


@functools.lru_cache(maxsize=4096)
def without_comments(name: str, text: str) -> str:
    """Return a source without what cannot change a result: comments, docstrings, blank lines, space at the ends of lines.

    Go's files that use C keep their comments, in which the C code is.
    """
    if name.endswith(".py"):
        text = _without_python_comments(text)
    elif name.endswith(".go") and 'import "C"' not in text:
        text = GO_TEXT.sub(lambda match: " " if match[1] else match[0], text)
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())


def python_libraries(lock: str, names: Iterable[str]) -> list[str]:
    """Return "name==version" of some distributions and of all that they need, as a locked requirement file has them.

    The file's "via" comments say who needs whom: they are uv's.
    """
    versions, needs = _lock(lock)
    wanted = [re.sub(r"[-_.]+", "-", name.partition("[")[0]).lower() for name in names]
    needed: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name not in needed:
            needed.add(name)
            wanted += needs.get(name, ())
    return sorted(line for name in needed for line in versions.get(name, (name,)))


def _common(benchmark: Benchmark, root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what all programs of a benchmark depend on."""
    entry = benchmark.model_dump(mode="json", include=MEASURED, exclude_defaults=True)
    yield "entry", json.dumps(entry, sort_keys=True).encode()
    for name in sorted(set(benchmark.files.values())):
        yield name, inputs.content(name)
    for argument in benchmark.paths:
        name = str(benchmark.input[argument])
        yield name, inputs.DIGESTS[name].encode()
    client = crowd.PACKAGE if crowd.asked(benchmark) else HELPERS.get(benchmark.instrument)
    helpers = [COMPANION] if benchmark.companion else [client] if client else []
    helpers += [distance.PACKAGE] if distance.KEY in benchmark.input else []
    for helper in helpers:
        files = _closure(_of_package(root / GO / helper), root)
        yield from _files(files, root)
        yield f"modules of {helper}", "\n".join(_modules(files, root)).encode()
    if benchmark.instrument == "http":
        yield SCHEMA, (root / SCHEMA).read_bytes()
    if benchmark.instrument == "queue":
        yield table.SCHEMA.as_posix(), (root / table.SCHEMA).read_bytes()


def _python(benchmark: Benchmark, variant: str, root: Path) -> Iterator[tuple[str, bytes]]:
    program = benchmark.python[variant]
    yield "program", _measured_keys(program)
    yield from _files(sources(benchmark, f"python/{variant}", root), root)
    lock = _lock_text(root, benchmark.requirements_of(variant))
    if benchmark.action == "install":
        yield "requirements", lock.encode()
        return
    libraries = [*(["pyperf"] if benchmark.instrument == "time" else []), *([program.library] if program.library else [])]
    if program.extension:
        lock += _lock_text(root, extensions.REQUIREMENTS)
    yield "libraries", "\n".join(python_libraries(lock, (*libraries, *program.packages))).encode()


def _lock_text(root: Path, requirements: str) -> str:
    return (root / "bench" / "requirements" / f"{requirements}.txt").read_text(encoding="utf-8")


def _go(benchmark: Benchmark, variant: str, root: Path) -> Iterator[tuple[str, bytes]]:
    program = benchmark.go[variant]
    files = sources(benchmark, f"go/{variant}", root)
    yield "program", _measured_keys(program)
    yield from _files(files, root)
    yield "modules", "\n".join(_modules(files, root)).encode()
    if program.loads:
        yield "libraries", "\n".join(python_libraries(_lock_text(root, benchmark.requirements), [program.loads])).encode()


def _measured_keys(program: PythonImplementation | GoImplementation) -> bytes:
    """Return what a catalog entry says of a program, without its title and what it leaves to its defaults."""
    keys: dict[str, Any] = program.model_dump(mode="json", exclude_defaults=True, exclude={"title", "tier"})
    return json.dumps(keys, sort_keys=True).encode()


def _closure(start: list[Path], root: Path) -> list[Path]:
    """Return files of the project with what they import of it, directly or not."""
    closure: set[Path] = set()
    while start:
        path = start.pop()
        if path not in closure and "__pycache__" not in path.parts:
            closure.add(path)
            start += _imported(path, root)
    return sorted(closure)


def _files(paths: Iterable[Path], root: Path) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        name = path.relative_to(root).as_posix()
        if path.suffix in (".py", ".go"):
            yield name, without_comments(name, _text(path)).encode()
        else:
            yield name, path.read_bytes()


def _of_package(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.go") if not _is_test(path)] + _benchmarks(folder)


def _benchmarks(folder: Path) -> list[Path]:
    """Return the test files of a package that hold its benchmark, which is what the `time` instrument runs."""
    return [path for path in folder.glob("*_test.go") if "func BenchmarkRun" in _text(path)]


def _is_test(path: Path) -> bool:
    return path.name.endswith("_test.go")


def _imported(path: Path, root: Path) -> Iterator[Path]:
    """Yield the project's own files that a source file imports; the generators of inputs are left to the bytes they make."""
    if path.suffix == ".go":
        for package in _go_imports(_text(path)):
            if package.startswith(f"{GO}/"):
                yield from (file for file in (root / package).glob("*.go") if not _is_test(file))
        return
    if path.suffix != ".py":
        return
    for package, names in _python_imports(_text(path)):
        module = root / package.replace(".", "/")
        candidates = [module.with_suffix(".py"), *(module / f"{name.strip()}.py" for name in names.split(","))]
        yield from (candidate for candidate in candidates if candidate.is_file() and candidate.stem != "inputs")


def _text(path: Path) -> str:
    """Return the text of a source file, which is read again only when the file is another: programs share most of theirs."""
    about = path.stat()
    return _read(path, about.st_ino, about.st_mtime_ns, about.st_size)


@functools.lru_cache(maxsize=8192)
def _read(path: Path, _inode: int, _changed: int, _size: int) -> str:
    return path.read_text(encoding="utf-8")


@functools.lru_cache(maxsize=4096)
def _python_imports(text: str) -> list[tuple[str, str]]:
    """Return module and names of each import from the programs' folder in a Python file, within functions as well."""
    return re.findall(r"(?m)^[ ]*from (bench\.workloads[\w.]*) import (.+)$", text)


@functools.lru_cache(maxsize=4096)
def _go_imports(text: str) -> list[str]:
    """Return what a Go file imports."""
    blocks = re.findall(r"(?ms)^import \((.*?)^\)", text) + re.findall(r'(?m)^import ([^(\n]*"[^"\n]+")', text)
    return [name for block in blocks for name in re.findall(r'"([^"\n]+)"', block)]


def _modules(files: Iterable[Path], root: Path) -> list[str]:
    """Return the modules beyond the standard library that are linked into the project's packages which some files are of."""
    linked: set[str] = set()
    for path in files:
        foreign = [name for name in _go_imports(_text(path)) if "." in name.partition("/")[0]] if path.suffix == ".go" else []
        package = path.parent.relative_to(root / GO).as_posix() if foreign else ""
        if foreign and package not in _known_modules(root / MODULES):
            raise ToolchainError(f"{MODULES}: lacks {package}, which imports {foreign[0]}: run `make lock`")
        linked.update(_known_modules(root / MODULES)[package] if foreign else ())
    return sorted(linked)


def _known_modules(path: Path) -> Mapping[str, list[str]]:
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ToolchainError(f"{path}: cannot be read: {error}; run `make lock`") from error


@functools.lru_cache(maxsize=4)
def _parsed(modules: str) -> Mapping[str, list[str]]:
    known: dict[str, list[str]] = json.loads(modules)
    return known


def _without_python_comments(text: str) -> str:
    lines = text.splitlines(keepends=True)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column] + "\n"
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
            and ast.get_docstring(node) is not None
        ):
            docstring = node.body[0]
            lines[docstring.lineno - 1 : docstring.end_lineno] = ["\n"] * ((docstring.end_lineno or 0) - docstring.lineno + 1)
    return "".join(lines)


@functools.lru_cache(maxsize=16)
def _lock(lock: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return name -> its lines "name==version", and name -> what it needs, of a locked requirement file."""
    versions: dict[str, list[str]] = {}
    needs: dict[str, list[str]] = {}
    for line in lock.splitlines():
        if pinned := re.match(r"([a-z0-9-]+)(?:\[[^\]]*\])?==[^\\]*", line):
            current = pinned[1]
            versions.setdefault(current, []).append(pinned[0].strip())
        elif (parent := re.match(r"    #(?: via)?\s+([a-z0-9][a-z0-9-]*)$", line)) and parent[1] != "via":
            needs.setdefault(parent[1], []).append(current)
    return versions, needs


def _digest(parts: Iterable[tuple[str, bytes]]) -> str:
    content = hashlib.sha256()
    for name, data in parts:
        content.update(f"{name} {len(data)}\n".encode())
        content.update(data)
    return content.hexdigest()
