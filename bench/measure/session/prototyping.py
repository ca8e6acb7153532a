"""Times the steps of a prototype: each once a round, in random order, in a new folder; what is downloaded is fetched before."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure.host import golang, pythons, tools
from bench.measure.host.golang import MODULE, ToolchainError
from bench.measure.host.pythons import Interpreter
from bench.measure.host.variables import small_environment
from bench.measure.instruments.commands import free_port
from bench.measure.session.mistakes import copied
from bench.measure.session.prototypes import AFTER, AIR, BEFORE, GIN, GIN_SERVER, PORT, Way, ways
from bench.records.prototyping import PrototypingRecord, Round, Step

LOCK = "bench/requirements/prototyping.txt"
LIMIT = 600.0
"""Seconds that a command, or a server until it answers, may take."""
POLL = 0.002
"""Seconds between two requests while a server does not answer yet: what a time may be too long by."""
PATIENCE = 5.0
"""Seconds in which a server has to end."""
CACHES = ("UV_CACHE_DIR", "RUFF_CACHE_DIR", "MYPY_CACHE_DIR", "PYTHONPYCACHEPREFIX", "GOCACHE", "GOMODCACHE", "STATICCHECK_CACHE")
"""The variables that say where tools keep what they know; each gets a folder of ours."""
VERSION_FLAGS = {"pyright": "--version", "staticcheck": "-version"}
"""Title of a way -> how its command is asked for its version."""


@dataclass(frozen=True)
class Bench:
    """What steps are timed with."""

    root: Path
    environment: Mapping[str, str]
    """The variables of each command but the caches'."""
    modules: Path
    """The module cache of the small service in Go: what it is built from is there in either cache, as Python's libraries are."""
    steps: Mapping[Step, Way]
    downloads: Mapping[str, int]
    """Language -> bytes."""


def prepare(root: Path, interpreter: Interpreter, checkers: Path, note: Callable[[str], None]) -> Bench:
    """Download what steps install, and build the tools that they run, below build/prototyping: once, and timed by nobody.

    Args:
        root: the project.
        interpreter: the Python of the new projects.
        checkers: the folder of the environment that has pyright.
        note: is told what takes long.

    Raises:
        ToolchainError: something cannot be had; the message is the tool's own.
    """
    lock = (root / LOCK).read_text(encoding="utf-8")
    # Of these pins alone, so that a size is that of what they bring
    kept = root / "build" / "prototyping" / hashlib.sha256(f"{lock}{GIN}{AIR}".encode()).hexdigest()[:16]
    wheels, modules, beside = kept / "wheels", kept / "modules", Path(sys.executable).parent
    go = golang.compiler()
    note("downloads what the steps install, where it is not there yet")
    kept.mkdir(parents=True, exist_ok=True)
    # uv resolves for all platforms, so the wheels that only others install have to be there as well
    everywhere = kept / "everywhere.txt"
    everywhere.write_text(re.sub(r" ; [^\\\n]*", " ", lock), encoding="utf-8")
    download = ("download", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:", "--dest", str(wheels))
    _done((sys.executable, "-m", "pip", "--python", str(interpreter.executable), *download, "--requirement", str(everywhere)))
    own = {**golang.environment(), "GOBIN": str(kept), "GOFLAGS": "-modcacherw"}
    downloaded = {**own, "GOMODCACHE": str(modules)}
    with tempfile.TemporaryDirectory(prefix="prototyping-") as folder:
        (Path(folder) / "main.go").write_text(GIN_SERVER, encoding="utf-8")
        for command in (("mod", "init", "example.com/prototype"), ("get", GIN), ("list", "-deps", ".")):
            _done((str(go), *command), Path(folder), downloaded)
        service = copied(root, "go", Path(folder) / "service") / MODULE
        _done((str(go), "list", "-deps", "-test", "./mistakes/..."), service, {**own, "GOMODCACHE": str(kept / "service")})
    _done((str(go), "install", AIR), kept, own)
    _done((str(go), "install", "honnef.co/go/tools/cmd/staticcheck"), root / MODULE, own)
    settings = kept / "uv.toml"
    settings.write_text(f'no-index = true\nfind-links = ["{wheels}"]\n', encoding="utf-8")
    environment = small_environment(
        {
            "PATH": os.pathsep.join((str(go.parent), os.environ.get("PATH", os.defpath))),
            "UV_PYTHON": str(interpreter.executable),
            "UV_PYTHON_DOWNLOADS": "never",
            "UV_CONFIG_FILE": str(settings),
            "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1",  # it asks a registry for a newer one otherwise, in the time that is taken
            "GOPROXY": f"file://{modules / 'cache' / 'download'}",
            "GOSUMDB": "off",
            "GOTOOLCHAIN": "local",
            "GOFLAGS": "-modcacherw",
        }
    )
    known = ways(beside, checkers / "pyright", go, kept / "air", kept / "staticcheck")
    downloads = {"python": _size(wheels), "go": _size(modules / "cache" / "download")}
    return Bench(root, environment, kept / "service", steps_of(known), downloads)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def steps_of(known: Sequence[Way]) -> dict[Step, Way]:
    """Return the steps with their ways: each with cold and with warm caches; an edit with warm ones alone."""
    return {way.step(cache): way for way in known for cache in ("cold", "warm") if (way.task, cache) != ("edit", "cold")}


def versions(bench: Bench) -> dict[str, str]:
    """Return tool -> version of what is run, and library -> version of what is installed."""
    beside = Path(sys.executable).parent
    pins = re.findall(r"^([\w.-]+)==(\S+)", (bench.root / LOCK).read_text(encoding="utf-8"), re.MULTILINE)
    own = {name: _said((str(beside / name), "--version"), bench) for name in ("uv", "ruff", "mypy")}
    of_steps = {way.title: way.commands[0][0] for way in bench.steps.values() if way.title in VERSION_FLAGS}
    own |= {title: _said((command, VERSION_FLAGS[title]), bench) for title, command in of_steps.items()}
    modules = {module.rpartition("@")[0]: module.rpartition("@")[2] for module in (GIN, AIR)}
    python = _said((bench.environment["UV_PYTHON"], "--version"), bench).removeprefix("Python ")
    return {"Python": python, "Go": golang.describe(bench.root).version, **own, **dict(pins), **modules}


def measure(
    bench: Bench, record: PrototypingRecord, keep: Callable[[PrototypingRecord], None], step: Callable[[str, int, int], None]
) -> PrototypingRecord:
    """Time what a record lacks, and return it complete.

    Args:
        bench: what steps are timed with.
        record: what is timed already; a round that was interrupted is completed first.
        keep: is given the record after each timing.
        step: is told what runs, how many timings are done, and how many remain.

    Raises:
        ToolchainError: a step fails.
    """
    with tempfile.TemporaryDirectory(prefix="prototyping-") as folder:
        caches = Path(folder) / "caches"
        missing = [(number, one) for number in range(record.planned) for one in _missing(record, number)]
        for one in {one.name: one for _, one in missing if one.cache == "warm"}.values():
            step(f"{one.name}: its caches are filled", 0, len(missing))
            timed(bench, one, Path(folder), caches)
        for done, (number, one) in enumerate(missing):
            step(one.name, done, len(missing) - done)
            if number == len(record.rounds):
                record = record.model_copy(update={"rounds": (*record.rounds, Round(load=os.getloadavg()[0], seconds={}))})
            seconds = timed(bench, one, Path(folder), caches)
            current = record.rounds[number]
            changed = current.model_copy(update={"seconds": {**current.seconds, one.name: seconds}})
            record = record.model_copy(update={"rounds": (*record.rounds[:number], changed, *record.rounds[number + 1 :])})
            keep(record)
    return record


def _missing(record: PrototypingRecord, number: int) -> list[Step]:
    """Return the steps that a round lacks, in random order."""
    done = record.rounds[number].seconds if number < len(record.rounds) else {}
    lacking = [step for step in record.steps if step.name not in done]
    return random.sample(lacking, len(lacking))


def timed(bench: Bench, step: Step, folder: Path, warm: Path) -> float:
    """Do a step once in a new folder below `folder`, and return its seconds; `warm` has a folder of caches for each warm step.

    Raises:
        ToolchainError: it fails.
    """
    way = bench.steps[step]
    with tempfile.TemporaryDirectory(dir=folder) as new:
        work, cold = Path(new) / "prototype", Path(new) / "caches"
        own = cold if step.cache == "cold" else warm / re.sub(r"\W+", "-", step.name)
        environment = {**bench.environment, **{name: str(own / name.lower()) for name in CACHES}}
        if not way.files:
            environment["GOMODCACHE"] = str(bench.modules)
            copied(bench.root, way.language, work)
        work.mkdir(exist_ok=True)
        began = time.perf_counter()
        for name, text in way.files.items():
            (work / name).write_text(text, encoding="utf-8")
        for command in way.commands:
            _done(command, work / way.within, environment)
        if not way.server:
            return time.perf_counter() - began
        port = free_port()
        with _running([word.replace(PORT, str(port)) for word in way.server], work, {**environment, "PORT": str(port)}) as server:
            _answered(server, port, BEFORE)
            if way.task == "edit":
                time.sleep(1)  # the watcher has begun to watch
                began = time.perf_counter()
                (work / way.edited).write_text(way.files[way.edited].replace(BEFORE, AFTER), encoding="utf-8")
                _answered(server, port, AFTER)
            return time.perf_counter() - began


def _answered(server: subprocess.Popen[bytes], port: int, text: str) -> None:
    """Wait until a server answers with a text."""
    until = time.monotonic() + LIMIT
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
            connection.request("GET", "/")
            if connection.getresponse().read().decode(errors="replace") == text:
                return
        if server.poll() is not None:
            raise ToolchainError(f"{server.args!r}: ended with status {server.returncode} and did not answer {text!r}")
        time.sleep(POLL)
    raise ToolchainError(f"{server.args!r}: did not answer {text!r} within {LIMIT:.0f} s")


@contextlib.contextmanager
def _running(command: Sequence[str], work: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server in a process group of its own; it is interrupted, so that it ends what it started, and then killed."""
    with subprocess.Popen(
        command,
        cwd=work,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        try:
            yield server
        finally:
            for number in (signal.SIGINT, signal.SIGKILL):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(server.pid, number)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    server.wait(PATIENCE)


def _done(command: Sequence[str], work: Path | None = None, environment: Mapping[str, str] | None = None) -> str:
    try:
        outcome = tools.run(command, cwd=work, environment=environment, limit=LIMIT)
    except OSError as error:
        raise ToolchainError(f"{command[0]}: cannot be run: {error.strerror}") from error
    if outcome.failure:
        raise ToolchainError(f"{' '.join(command)}: {outcome.failure} {outcome.stdout[-tools.STDERR_KEPT :]}".rstrip())
    return outcome.stdout


def _said(command: Sequence[str], bench: Bench) -> str:
    """Return a version as a tool says it, without the tool's name."""
    return _done(command, environment=bench.environment).strip().removeprefix(Path(command[0]).name).strip()


def checkers(interpreter: Interpreter, root: Path) -> Path:
    """Return the folder of the commands of the environment that has pyright, made if it is new; raises ToolchainError."""
    lock = root / "bench" / "requirements" / "checkers.txt"
    return pythons.environment(interpreter, lock, root / "build" / "environments").parent
