"""The Go toolchain: finds it, describes it, and builds the benchmark binaries."""

from __future__ import annotations

import json
import os
import shlex
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bench.measure.host import tools
from bench.records.run import GoRuntime

MODULE = "go_examples"
YARDSTICK = "./internal/yardstick"
ANYWHERE = {"GOOS": "linux", "GOARCH": "amd64", "CGO_ENABLED": "1"}
"""For which machine modules are listed: DuckDB's driver has one for each, and none without a C compiler."""
C_LIBRARIES = {"openblas": ("lapacke", "openblas")}
"""C library -> what the linker knows it by. Its name is the build tag of the files that need it, too."""
LINKED = {"github.com/duckdb/duckdb-go/v2": ("stdc++",)}
"""Module -> what its programs are linked with beside it, as the linker knows it: what comes with a compiler of C++, not of C."""
MOMENT = 0.05
"""Seconds between two looks at whether all builds have ended."""


class ToolchainError(Exception):
    """An interpreter, a toolchain or an environment is missing or broken; the message says what to do."""


def toolchain() -> Path:
    """Return the `go` command of the project's environment.

    Raises:
        ToolchainError: it is missing.
    """
    beside = Path(sys.executable).parent / "go"
    if not beside.is_file():
        raise ToolchainError(f"the Go toolchain is missing: there is no {beside}; `rm -r .venv && make site` installs it anew")
    return beside


@cache
def compiler() -> Path:
    """Return the `go` command itself; the one in the project's environment starts it by way of Python."""
    return Path(_go(Path.cwd(), "env", "GOROOT").strip()) / "bin" / "go"


@cache
def compiles_c() -> bool:
    """Return whether the toolchain has a C compiler to build packages with that use C."""
    return _go(Path.cwd(), "env", "CGO_ENABLED").strip() == "1"


@cache
def links(*libraries: str) -> bool:
    """Return whether programs can be linked here with some libraries, by the names that the linker knows."""
    if not compiles_c():
        return False
    named = (f"-l{name}" for name in libraries)
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.c"
        empty.touch()
        compile_c = shlex.split(_go(Path.cwd(), "env", "CC"))
        return tools.run([*compile_c, "-shared", "-o", empty.with_suffix(".so"), empty, *named]).failure is None


@cache
def tags() -> tuple[str, ...]:
    """Return the option of `go build` and `go test` by which programs are linked with those of `C_LIBRARIES` that are here."""
    linked = [library for library, names in C_LIBRARIES.items() if links(*names)]
    return (f"-tags={','.join(linked)}",) if linked else ()


def language(root: Path) -> str:
    """Return the version of the language that the module is written in: "1.27"."""
    described = json.loads(_go(root / MODULE, "mod", "edit", "-json"))
    return str(described["Go"])


def environment() -> dict[str, str]:
    """Return what `go` is run with: the caller's environment without settings that would change what is built."""
    return dict(_environment())


def describe(root: Path) -> GoRuntime:
    """Describe the toolchain; `built` adds what only a built binary tells."""
    facts = json.loads(_go(root / MODULE, "env", "-json", "GOVERSION", "GOOS", "GOARCH", "GOAMD64", "GOROOT"))
    version = facts["GOVERSION"].removeprefix("go")
    return GoRuntime(
        name=f"go-{'.'.join(version.split('.')[:2])}",
        version=version,
        executable=str(Path(facts["GOROOT"]) / "bin" / "go"),
        target=f"{facts['GOOS']}/{facts['GOARCH']}",
        goamd64=facts["GOAMD64"] or None,
        build_settings={},
        modules={},
    )


def built(runtime: GoRuntime, root: Path, binaries: Iterable[Path]) -> GoRuntime:
    """Add to `runtime` what `go version -m` reports of the measured binaries."""
    settings: dict[str, str] = {}
    modules: dict[str, str] = {}
    listing = _go(root / MODULE, "version", "-m", *map(str, binaries))
    for line in listing.splitlines():
        kind, *fields = line.split() or [""]  # one that is empty follows a module that is replaced
        if kind == "build":  # -trimpath leaves out -ldflags, and with it the layout's seed
            key, _, value = fields[0].partition("=")
            settings[key] = value
        elif kind == "dep":
            modules[fields[0]] = fields[1]
    return runtime.model_copy(update={"build_settings": settings, "modules": modules})


def modules(binary: Path) -> dict[str, str]:
    """Return the modules beyond the standard library that a binary is built from, and their versions.

    Raises:
        ToolchainError: it is not a Go binary.
    """
    listing = (line.split() for line in _go(binary.parent, "version", "-m", str(binary)).splitlines())
    return {fields[1]: fields[2] for fields in listing if fields[:1] == ["dep"]}


def linked_modules(root: Path) -> dict[str, list[str]]:
    """Return package -> "module version" of what is linked into it beyond the standard library, where there is any.

    It is the same on every machine: what `ANYWHERE` leads to.
    """
    packages: dict[str, dict[str, Any]] = {}
    everything = f"-tags={','.join(C_LIBRARIES)}"
    text = _go(root / MODULE, "list", everything, "-deps", "-json=ImportPath,Module,Deps", "./...", variables=ANYWHERE)
    decoder, place = json.JSONDecoder(), 0
    while place < len(text.rstrip()):
        package, place = decoder.raw_decode(text, place)
        packages[package["ImportPath"]] = package
        place += len(text[place:]) - len(text[place:].lstrip())
    linked = {}
    for name, package in packages.items():
        modules = [packages[dependency].get("Module", {}) for dependency in package.get("Deps", ()) if dependency in packages]
        foreign = sorted({f"{module['Path']} {module['Version']}" for module in modules if "Version" in module})
        if name.startswith(f"{MODULE}/") and foreign:
            linked[name.removeprefix(f"{MODULE}/")] = foreign
    return linked


def sources(root: Path, package: str) -> list[Path]:
    """Return the project's own files that a command is built from: its package's, and those of the packages that it imports."""
    template = '{{with .Module}}{{if .Main}}{{range $.GoFiles}}{{$.Dir}}/{{.}}{{"\\n"}}{{end}}{{end}}{{end}}'
    return [Path(line) for line in _go(root / MODULE, "list", "-deps", "-f", template, f"./{package}").split("\n") if line]


def yardstick(root: Path) -> float:
    """Return the seconds that a bytecode interpreter of known machine code takes here; see `bench/records/canary.py`."""
    return int(_go(root / MODULE, "run", YARDSTICK)) / 1e9


def build(root: Path, package: str, layout: int | None, binary: Path) -> Path:
    """Build the benchmark binary of a package with one code layout, or its command where `layout` is None.

    Nothing is built where `binary` exists.

    Raises:
        ToolchainError: it does not compile; the message is the compiler's.
    """
    if not binary.exists():
        binary.parent.mkdir(parents=True, exist_ok=True)
        beside = binary.with_name(f".{binary.name}.{os.getpid()}")
        how = ("build",) if layout is None else ("test", "-c", f"-ldflags=-randlayout={layout}")
        _go(root / MODULE, *how, *tags(), "-o", str(beside), f"./{package}")
        beside.replace(binary)
    return binary


def build_all(root: Path, wanted: Iterable[tuple[str, int | None, Path]]) -> None:
    """Build many binaries, on all cores. Where one does not compile, or on Ctrl-C, the other builds are ended."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        builds: list[Future[Path]] = []
        try:
            # in here, as Ctrl-C may come while the first are at work and the last are not yet asked for
            builds.extend(pool.submit(build, root, *job) for job in wanted)
            for one in builds:
                one.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            while not all(one.done() for one in builds):
                tools.end_all()
                time.sleep(MOMENT)  # one may have been about to start its command
            raise


def _environment() -> dict[str, str]:
    """The caller's environment without settings that would change what is built."""
    changing = ("GOFLAGS", "GOROOT", "GOAMD64", "GOEXPERIMENT", "GODEBUG", "GOGC")
    # the project's `go` is started by way of Python, which the user's PYTHON* variables would change or end
    kept = {key: value for key, value in os.environ.items() if key not in changing and not key.startswith("PYTHON")}
    return {**kept, "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=readonly -buildvcs=false -trimpath"}


def _go(cwd: Path, *arguments: str, variables: Mapping[str, str] = MappingProxyType({})) -> str:
    go = toolchain()
    try:
        outcome = tools.run([go, *arguments], cwd=cwd, environment={**_environment(), **variables})
    except OSError as error:
        raise ToolchainError(
            f"{go}: cannot be run: {error.strerror}; if the checkout was moved, `rm -r .venv && make site` installs it anew"
        ) from error
    if outcome.failure:
        raise ToolchainError(f"go {' '.join(arguments)} in {cwd}: {outcome.failure}")
    return outcome.stdout
