"""Finds the interpreters to measure, describes them, and gives each an environment of its own."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure.host import golang, tools
from bench.measure.host.golang import ToolchainError
from bench.measure.host.probes import DESCRIBE
from bench.measure.host.variables import small_environment
from bench.records.canary import score
from bench.records.run import PythonRuntime

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parents[3]
PROBE_LIMIT = 300.0
READY = ".ready"
"""The file that an environment has which was made to its end."""
"""Seconds in which an interpreter has to tell about itself: an optimised one takes one, with its canary."""
REBUILD = "install the libraries' development files and build it anew, or name another Python"


class InterpreterError(ToolchainError):
    """One interpreter cannot be measured; others may be."""


@dataclass(frozen=True)
class Interpreter:
    """An interpreter as found: what was asked for, where it is, and what it reports of itself."""

    specification: str
    executable: Path
    environment: Mapping[str, str]
    facts: Mapping[str, object]

    @property
    def language(self) -> str:
        """Version of the language, e.g. "3.14"."""
        return str(self.facts["language"])

    @property
    def build(self) -> str:
        """Version of the language, with a "t" where the build is free-threaded."""
        return self.language + ("t" if self.facts["free_threaded"] else "")

    @property
    def name(self) -> str:
        """Name of the runtime, e.g. "cpython-3.14-jit"."""
        others = [f"{key}-{value}".lower() for key, value in self.environment.items() if key not in ("PYTHON_JIT", "PYTHON_GIL")]
        parts = [
            f"{self.facts['implementation']}-{self.build}".lower(),
            *(["jit"] if self.facts["jit"] else []),
            *(["gil"] if self.facts["free_threaded"] and self.facts["gil"] else []),
            *others,
        ]
        return re.sub(r"[^a-z0-9.]+", "-", "-".join(parts))


def find(specification: str) -> Interpreter:
    """Find the interpreter that `--python SPECIFICATION` names and ask it about itself, canary included.

    A specification is a path or anything that `uv python find` resolves, then variables to set: `3.14,PYTHON_JIT=1`.

    Raises:
        InterpreterError: there is none, it is too old, it lacks modules, or it does not run.
        ToolchainError: the toolchain that it is compared with does not run.
    """
    request, *settings = specification.split(",")
    if bad := [setting for setting in settings if "=" not in setting]:
        raise InterpreterError(f"--python {specification}: {bad[0]!r} is not NAME=VALUE; write for example 3.14,PYTHON_JIT=1")
    environment = dict(setting.split("=", 1) for setting in settings)
    executable = Path(request) if "/" in request else _resolve(request)
    if not executable.is_file():
        raise InterpreterError(f"--python {specification}: there is no {executable}")
    facts = _ask(executable, environment)
    interpreter = Interpreter(specification, Path(str(facts["executable"])), environment, facts)
    if _numbers(interpreter.language) < OLDEST:
        raise InterpreterError(f"--python {specification}: is Python {interpreter.language}; 3.11 is the oldest measured")
    if facts["lacks"]:
        raise InterpreterError(f"--python {specification}: was built without {facts['lacks']}: {REBUILD}")
    return interpreter


def best() -> Interpreter:
    """Return the newest optimised ordinary CPython on this machine; if none is optimised, the newest.

    Raises:
        ToolchainError: no CPython from 3.11 is found, or uv or the Go toolchain does not run.
    """
    listed = _uv("python", "list", "--only-installed", "--no-python-downloads", "--output-format", "json")
    candidates: dict[Path, Interpreter] = {}
    unusable: list[str] = []
    for entry in json.loads(listed):
        path = Path(entry["path"])
        numbers = (entry["version_parts"]["major"], entry["version_parts"]["minor"])
        if entry["implementation"] != "cpython" or entry["variant"] != "default" or numbers < OLDEST or not path.exists():
            continue
        try:
            candidate = find(str(path))
        except InterpreterError as error:
            unusable.append(str(error))
        else:
            candidates[candidate.executable.resolve()] = candidate
    if not candidates:
        missing = "no CPython from 3.11 was found; install one, or name it with --python PATH"
        raise ToolchainError("\n".join([missing, *unusable]))
    return max(candidates.values(), key=lambda candidate: (_optimised(candidate), _numbers(str(candidate.facts["version"]))))


def runtime(interpreter: Interpreter, packages: Mapping[str, str]) -> PythonRuntime:
    """Describe an interpreter for `run.json`; `packages` are the distributions in its environment."""
    facts = interpreter.facts
    return PythonRuntime(
        name=interpreter.name,
        specification=interpreter.specification,
        implementation=str(facts["implementation"]),
        version=str(facts["version"]),
        executable=str(interpreter.executable),
        origin=_origin(interpreter.executable),
        compiler=str(facts["compiler"]),
        configure_arguments=str(facts["configure_arguments"]),
        compiler_flags=str(facts["compiler_flags"]),
        gil=_flag(facts["gil"]),
        jit=_flag(facts["jit"]),
        environment=dict(interpreter.environment),
        canary=score(interpreter.build, _kernels(facts["canary"])) if facts["implementation"] == "CPython" else None,
        packages=dict(packages),
    )


def environment(interpreter: Interpreter, requirements: Path, folder: Path) -> Path:
    """Return the python of a virtual environment with `requirements` (locked, hashed), made below `folder` if it is new.

    Raises:
        ToolchainError: the environment cannot be made; the message ends with the installer's own.
    """
    venv = _folder(interpreter, requirements, folder)
    python, ready = venv / "bin" / "python", venv / READY
    if not ready.exists():
        shutil.rmtree(venv, ignore_errors=True)
        _uv("venv", "--quiet", "--no-python-downloads", "--python", str(interpreter.executable), str(venv))
        install = ("pip", "install", "--quiet", "--require-hashes", "--no-deps", "--only-binary", ":all:")
        _uv(*install, "--python", str(python), "--requirements", str(requirements))
        ready.touch()
    return python


def is_made(interpreter: Interpreter, requirements: Path, folder: Path) -> bool:
    """Return whether that environment is there already."""
    return (_folder(interpreter, requirements, folder) / READY).exists()


def shared_library(python: Path, distribution: str) -> Path | None:
    """Return the shared library that the wheel of a distribution has brought into an environment, if it is installed there.

    onnxruntime's has the version in its name, and is not linked to one of Python.
    """
    found = sorted(python.parent.parent.glob(f"lib/python3*/site-packages/{distribution}/capi/lib{distribution}.*"))
    return found[0] if found else None


def packages(python: Path) -> dict[str, str]:
    """Return the distributions installed beside `python` and their versions."""
    listed = json.loads(_uv("pip", "list", "--format", "json", "--python", str(python)))
    return {entry["name"]: entry["version"] for entry in listed}


def _folder(interpreter: Interpreter, requirements: Path, folder: Path) -> Path:
    key = hashlib.sha256(f"{interpreter.executable}\n{interpreter.facts['full_version']}\n{requirements.read_text()}".encode())
    return folder / f"{interpreter.name.removesuffix('-jit')}-{requirements.stem}-{key.hexdigest()[:12]}"


def _resolve(request: str) -> Path:
    try:
        return Path(_uv("python", "find", "--system", "--no-python-downloads", request).strip())
    except ToolchainError as error:
        if "No interpreter found" not in str(error):
            raise
        raise InterpreterError(f"--python {request}: not found; install it or give a path ({error})") from error


def _ask(executable: Path, environment: Mapping[str, str]) -> dict[str, object]:
    """Return what an interpreter tells of itself, with its canary relative to the yardstick before and after it."""
    # found with the caller's variables, as a launcher may need them; asked with those that measured programs get
    interpreter = str(_answer([executable, DESCRIBE], {**os.environ, **environment})["executable"])
    before = golang.yardstick(ROOT)
    facts = _answer([interpreter, DESCRIBE, "--canary"], small_environment(environment))
    yardstick = min(before, golang.yardstick(ROOT))
    facts["canary"] = {name: seconds / yardstick for name, seconds in _kernels(facts["canary"]).items()}
    return facts


def _answer(probe: Sequence[str | Path], environment: Mapping[str, str]) -> dict[str, object]:
    try:
        outcome = tools.run(probe, environment=environment, limit=PROBE_LIMIT)
    except OSError as error:
        raise InterpreterError(f"{probe[0]}: cannot be run: {error.strerror}; name a Python from 3.11") from error
    if outcome.failure:
        raise InterpreterError(f"{' '.join(map(str, probe))}: {outcome.failure}")
    try:
        facts = json.loads(outcome.stdout)
    except ValueError:
        facts = None
    if not isinstance(facts, dict) or not {"executable", "language"} <= facts.keys():
        raise InterpreterError(f"{probe[0]}: does not answer as Python does; name a Python from 3.11")
    return facts


def uv() -> str:
    """Return the `uv` command of the project's environment, or of PATH."""
    return shutil.which("uv", path=_search_path()) or "uv"


def _uv(*arguments: str) -> str:
    try:
        outcome = tools.run([uv(), *arguments])
    except OSError as error:
        raise ToolchainError(
            "uv is missing from the project's environment; `rm -r .venv && make site` installs it anew"
        ) from error
    if outcome.failure:
        raise ToolchainError(f"uv {' '.join(arguments[:2])}: {outcome.failure}")
    return outcome.stdout


def _search_path() -> str:
    """Return a search path on which the project's own environment comes first."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])


def _optimised(interpreter: Interpreter) -> bool:
    return runtime(interpreter, {}).optimised


def _kernels(canary: object) -> dict[str, float]:
    return {str(name): float(value) for name, value in canary.items()} if isinstance(canary, dict) else {}


def _flag(value: object) -> bool | None:
    return None if value is None else bool(value)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))


def _origin(executable: Path) -> str:
    """Return who built an interpreter, judged by its path."""
    path = str(executable.resolve())
    marks: Iterable[tuple[str, str]] = (
        ("/.pyenv/", "pyenv"),
        ("/uv/python/", "python-build-standalone"),
        ("/hostedtoolcache/", "GitHub Actions"),
        ("/Cellar/", "Homebrew"),
        ("conda", "conda"),
    )
    for mark, origin in marks:
        if mark in path:
            return origin
    if path.startswith(("/usr/bin/", "/usr/lib/")):
        try:
            return platform.freedesktop_os_release()["NAME"]
        except (OSError, KeyError):
            return "the operating system"
    return "unknown"
