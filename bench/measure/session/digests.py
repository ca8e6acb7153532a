"""Digests: what a result was measured from, so that what is measured and unchanged is not measured again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.catalog import Benchmark
from bench.records.run import GoRuntime, Machine, PythonRuntime
from bench.workloads import inputs

MEASURED = {"id", "instrument", "action", "page_cache", "unit", "requirements", "input", "files", "python", "go"}
"""The fields of a catalog entry that a measurement depends on; the others are prose."""
MEASURED_LATER = {"figure", "reading", "counts", "cpus", "companion"}
"""Such fields that came after the first results: left out where they have their defaults, so that those keep their digests."""
COMPANION = "go_examples/internal/companion"
LOAD = "go_examples/load"
SCHEMA = "bench/workloads/web/schema.sql"
SERVED = {".py", ".go", ".html", ".conf", ""}
"""Endings of the files that a web server is made of; Revel's routes have none."""


def sources(benchmark: Benchmark, root: Path) -> str:
    """Digest of the entry's measured part, the programs, the bytes they read, and the libraries' locked versions."""
    content = hashlib.sha256()
    for name, data in _parts(benchmark, root):
        content.update(f"{name} {len(data)}\n".encode())
        content.update(data)
    return content.hexdigest()


def digest(sources_digest: str, pythons: tuple[PythonRuntime, ...], go: GoRuntime, machine: Machine) -> str:
    """Digest of the sources, the runtimes and the machine: the key of an invocation set."""
    runtimes = [
        [p.name, p.version, p.executable, p.compiler, p.configure_arguments, sorted(p.environment.items())] for p in pythons
    ]
    key = json.dumps([sources_digest, runtimes, [go.version, go.target, go.goamd64], machine.digest_key])
    return hashlib.sha256(key.encode()).hexdigest()


def programs(benchmark: Benchmark, root: Path) -> list[Path]:
    """Return the source files of a benchmark's programs and harnesses, with what they import from this project."""
    harness = {"time": "__main__.py", "memory": "report.py", "observe": "report.py"}.get(benchmark.instrument)
    start = [root / "bench" / "workloads" / harness] if harness else []
    start += (root / COMPANION).glob("*.go") if benchmark.companion else []
    start += [root / python.path for python in benchmark.python.values()]
    start += [file for go in benchmark.go.values() for file in (root / go.path).glob("*.go")]
    if benchmark.instrument == "http":
        folders = [(root / python.path).parent for python in benchmark.python.values()]
        folders += [root / go.path for go in benchmark.go.values()] + [root / LOAD]
        start += [file for folder in folders for file in folder.rglob("*") if file.is_file() and file.suffix in SERVED]
        start.append(root / SCHEMA)
    found: set[Path] = set()
    while start:
        path = start.pop()
        if path not in found:
            found.add(path)
            start += _imported(path, root)
    return sorted(found)


def _imported(path: Path, root: Path) -> Iterator[Path]:
    """Yield the project's own files that a source file imports; the generators of inputs are left to the bytes they make."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".go":
        for package in re.findall(r'"go_examples/([^"]+)"', text):
            yield from (root / "go_examples" / package).glob("*.go")
        return
    for package, names in re.findall(r"(?m)^from (bench\.workloads[\w.]*) import (.+)$", text):
        module = root / package.replace(".", "/")
        candidates = [module.with_suffix(".py"), *(module / f"{name.strip()}.py" for name in names.split(","))]
        yield from (candidate for candidate in candidates if candidate.is_file() and candidate.stem != "inputs")


def _entry(benchmark: Benchmark) -> dict[str, Any]:
    """Return what a measurement depends on of a catalog entry, without what says nothing."""
    entry = benchmark.model_dump(mode="json", include=MEASURED)
    entry |= benchmark.model_dump(mode="json", include=MEASURED_LATER, exclude_defaults=True)
    for programs in (entry["python"], entry["go"]):
        for variant, program in programs.items():
            silent = {"tier": variant, "since": None, "most": None, "arguments": [], "packages": [], "lacks": None}
            said = {k: v for k, v in program.items() if k not in silent or v != silent[k]}
            programs[variant] = {k: v for k, v in said.items() if k != "title"}
    return entry


def _parts(benchmark: Benchmark, root: Path) -> Iterator[tuple[str, bytes]]:
    yield "entry", json.dumps(_entry(benchmark), sort_keys=True).encode()
    for path in programs(benchmark, root):
        yield path.relative_to(root).as_posix(), path.read_bytes()
    for name in sorted(benchmark.files.values()):
        yield name, inputs.content(name)
    lock = (root / "bench" / "requirements" / f"{benchmark.requirements}.txt").read_text(encoding="utf-8")
    if benchmark.action == "install" or benchmark.instrument == "http":
        yield "requirements", lock.encode()
    for distribution in ["pyperf", *(p.library for p in benchmark.python.values() if p.library)]:
        yield distribution, "\n".join(re.findall(rf"(?m)^{re.escape(distribution)}==\S+.*$", lock)).encode()
    modules = (root / "go_examples" / "go.mod").read_text(encoding="utf-8")
    for library in (g.library for g in benchmark.go.values() if g.library):
        yield library, "\n".join(re.findall(rf"(?m)^.*\b{re.escape(library)} v\S+", modules)).encode()
