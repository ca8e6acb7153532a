"""The `command` instrument: whole processes, from their start to their end or to their first response.

Here the catalog's module is a script and its package a command. The entry's `action` is what is done with them; the answer is
what the program prints, or responds.

- `run`: seconds from the start of the process to its end. Input files come by standard input.
- `serve`: seconds from the start of the process to the end of its first response. The port comes as the last argument. In an
  entry with a `quota` the process is in a control group: see `bench/measure/processes/limits.py`.
- `rebuild`: as `serve`, from the moment at which the program's source has been changed: Go's is built first.
- `compile`: seconds from the moment at which the program's source has been changed to the end of its compiler. Python: mypyc, on
  the module. Go: `go build`, on the command and the project's packages that it imports. What a build before has cached is used.
- `install`: seconds for a deployable program from its sources and a warm download cache. Python: a virtual environment with the
  entry's requirements, by pip (standard library) or uv (native library). Go: a build with an empty build cache.
- `size`: bytes of the deployable program. Python: interpreter, standard library and installed packages. Go: the binary.
- `source`: bytes of the program's own source, without comments, docstrings, blank lines and indentation.
"""

from __future__ import annotations

import ast
import functools
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.catalog import Benchmark
from bench.measure.host import extensions, golang, pythons
from bench.measure.host.golang import ToolchainError
from bench.measure.host.probes import DEPLOYED
from bench.measure.instruments.base import (
    InvocationRequest,
    MeasureContext,
    Sample,
    environment,
    go_package,
    go_variables,
    limit,
    path_variables,
    rounded,
)
from bench.measure.processes import children, limits, process
from bench.measure.processes.limits import Group
from bench.measure.processes.tree import ProcessTree
from bench.workloads.checksum import checksum

DROP_CACHES = Path("/proc/sys/vm/drop_caches")
ONCE = ("install", "rebuild", "compile", "size", "source")
"""Actions that take long, or give the same each time: one value an invocation, without warm-up."""
DROPPED_VALUES = 3
"""Values of an invocation that begins each time with an empty page cache; there is nothing to warm up."""
BUILD_LIMIT = 900.0
"""Seconds after which a build or an installation counts as hung."""
POLL = 1e-4
"""Seconds between two attempts to reach a server that does not listen yet."""

Action = Callable[[], tuple[float, bytes]]
"""Does the entry's action once; returns seconds or bytes, and the answer."""


class CommandError(Exception):
    """A command failed; the message ends with what it wrote to standard error."""


@dataclass(frozen=True)
class Program:
    """One program of a benchmark, ready to be started."""

    context: MeasureContext
    benchmark: Benchmark
    tier: str
    python: Path | None
    """The python that runs it; None for Go's."""
    library: str | None
    """The distribution or module that it needs."""
    source: Path
    """Python's script, or the folder of Go's package."""
    variables: Mapping[str, str]
    """The environment that it is started with."""
    tree: ProcessTree
    """Holds the processes of this invocation."""

    @property
    def start(self) -> list[str]:
        """The command that starts it."""
        if self.python is None:
            return [str(binary(self.context, go_package(self.benchmark, f"go/{self.tier}")))]
        return [str(self.python), str(self.source)]


def binary(context: MeasureContext, package: str) -> Path:
    """Return where the command of a Go package lies."""
    return context.binaries / "commands" / package.replace("/", "--")


def build(context: MeasureContext, benchmark: Benchmark, layouts: Sequence[int]) -> list[Path]:
    """Build a benchmark's Go commands, and download what its action installs; raises ToolchainError.

    A command has the linker's own layout, as it is deployed: `layouts` is empty.
    """
    del layouts
    packages = [go.package for go in benchmark.go.values()]
    golang.build_all(context.root, [(package, None, binary(context, package)) for package in packages])
    if benchmark.action == "install":
        for python in context.environments[benchmark.requirements].values():
            _download(context, benchmark, python)
    return [binary(context, package) for package in packages]


def forbidden(benchmark: Benchmark) -> str | None:
    """Return why a benchmark cannot be measured here, if this process lacks the permission."""
    if benchmark.page_cache == "dropped" and not os.access(DROP_CACHES, os.W_OK):
        return f"only root can have the kernel forget files, by {DROP_CACHES}"
    return None


def invoke(context: MeasureContext, benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
    """Run one invocation of a program: `loops` actions make one value, their mean."""
    warmups, values = request.warmups, request.values
    if benchmark.action in ONCE:
        warmups, values = 0, 1
    elif benchmark.page_cache == "dropped":
        warmups, values = 0, min(values, DROPPED_VALUES)
    measured: list[float] = []
    answers: set[bytes] = set()
    tree = context.tree(benchmark)

    def work() -> tuple[str, str | None]:
        act = _action(_program(context, benchmark, program, request.seed, tree))
        try:
            for _ in range(warmups + values):
                done = [act() for _ in range(request.loops)]
                measured.append(sum(metric for metric, _ in done) / request.loops)
                answers.update(answer for _, answer in done)
        except (CommandError, OSError, http.client.HTTPException) as error:
            return "", str(error)
        return "", None if len(answers) == 1 else f"{len(answers)} different answers"

    finished = process.observe(work, tree, tree.cpus)
    if finished.failure:
        return Sample(finished, failure=finished.failure)
    return Sample(finished, rounded(measured[:warmups]), rounded(measured[warmups:]), checksum(answers.pop()))


def _program(context: MeasureContext, benchmark: Benchmark, program: str, seed: str, tree: ProcessTree) -> Program:
    language, tier, *runtime = program.split("/")
    files = path_variables(context, benchmark)
    if language == "go":
        go = next(go for name, go in benchmark.go.items() if name == tier)
        return Program(
            context,
            benchmark,
            tier,
            None,
            go.library,
            context.root / go.path,
            environment({**files, **go_variables(context, benchmark, program)}, seed),
            tree,
        )
    implementation = next(python for name, python in benchmark.python.items() if name == tier)
    python = context.python(benchmark, program)
    if benchmark.page_cache == "dropped":
        python = _copied(python)
    variables = environment({**files, **context.variables[runtime[0]]}, seed)
    source = context.root / implementation.path
    return Program(context, benchmark, tier, python, implementation.library, source, variables, tree)


def _action(program: Program) -> Action:
    actions: Mapping[str | None, Callable[[Program], tuple[float, bytes]]] = {
        "run": _run,
        "serve": _serve,
        "rebuild": _rebuild,
        "compile": _compile,
        "install": _install,
        "size": _size,
        "source": _source,
    }
    return functools.partial(actions[program.benchmark.action], program)


def _run(program: Program) -> tuple[float, bytes]:
    return _timed(program, program.start)


def _serve(program: Program) -> tuple[float, bytes]:
    _forget(program)
    return _first_response(program, program.start, time.perf_counter())


def _rebuild(program: Program) -> tuple[float, bytes]:
    number = _unseen()
    with program.context.reaper.temporary(program.context.root / "build") as folder:
        if program.python is not None:
            script = folder / program.source.name
            shutil.copy(program.source, script)
            _first_response(program, [str(program.python), str(script)], time.perf_counter())  # as the developer had it running
            _edit(script, f"\n\ndef edited() -> int:\n    return {number}\n")
            return _first_response(program, [str(program.python), str(script)], time.perf_counter())
        for source in program.source.glob("*.go"):
            shutil.copy(source, folder)
        (folder / "go.mod").write_text(f"module edited\n\ngo {golang.language(program.context.root)}\n", encoding="utf-8")
        command = [str(golang.compiler()), "build", "-o", "service", "."]
        _finish(program, command, folder)
        _edit(folder / "main.go", f"\nfunc edited() int {{ return {number} }}\n")
        start = time.perf_counter()
        _finish(program, command, folder)
        return _first_response(program, [str(folder / "service")], start)


def _compile(program: Program) -> tuple[float, bytes]:
    number = _unseen()
    with program.context.reaper.temporary(program.context.root / "build") as folder:
        if program.python is not None:
            module = folder / program.source.name
            shutil.copy(program.source, module)
            command = extensions.command(program.python, module)
            _finish(program, command, folder)
            _edit(module, f"\n\ndef edited() -> int:\n    return {number}\n")
            start = time.perf_counter()
            _finish(program, command, folder)
            seconds = time.perf_counter() - start
            extensions.extension(folder, module)
            main = f"import sys; sys.path.insert(0, {str(folder)!r}); import {module.stem}; {module.stem}.main()"
            return seconds, _timed(program, [str(program.python), "-c", main])[1]
        package = go_package(program.benchmark, f"go/{program.tier}")
        edited = {source: folder / f"{place}.go" for place, source in enumerate(golang.sources(program.context.root, package))}
        for source, copy in edited.items():
            shutil.copy(source, copy)
            _edit(copy, f"\nfunc edited{copy.stem}() int {{ return {number} }}\n")
        overlay = folder / "overlay.json"
        overlay.write_text(json.dumps({"Replace": {str(source): str(copy) for source, copy in edited.items()}}), encoding="utf-8")
        built = folder / "built"
        command = [str(golang.compiler()), "build", f"-overlay={overlay}", "-o", str(built), f"./{package}"]
        start = time.perf_counter()
        _finish(program, command, program.context.root / golang.MODULE)
        return time.perf_counter() - start, _timed(program, [str(built)])[1]


def _install(program: Program) -> tuple[float, bytes]:
    with program.context.reaper.temporary(program.context.root / "build") as folder:
        deployed = folder / "deployed"
        start = time.perf_counter()
        for command in _installation(program, deployed):
            _finish(program, command, program.context.root / golang.MODULE, {"GOCACHE": str(folder / "cache")})
        seconds = time.perf_counter() - start
        command = [str(deployed)] if program.python is None else [str(deployed / "bin" / "python"), str(program.source)]
        return seconds, _timed(program, command)[1]


def _installation(program: Program, deployed: Path) -> list[list[str]]:
    """Return the commands that make `deployed`: Go's binary, or Python's virtual environment."""
    if program.python is None:
        package = go_package(program.benchmark, f"go/{program.tier}")
        return [[str(golang.compiler()), "build", "-o", str(deployed), f"./{package}"]]
    lock = program.context.root / "bench" / "requirements" / f"{program.benchmark.requirements}.txt"
    options = [
        "--quiet",
        "--require-hashes",
        "--no-index",
        "--find-links",
        str(_wheels(program.context)),
        "--requirement",
        str(lock),
    ]
    python = str(deployed / "bin" / "python")
    if program.tier == "native-library":
        uv = pythons.uv()
        return [
            [uv, "venv", "--quiet", "--offline", "--python", str(program.python), str(deployed)],
            [uv, "pip", "install", "--offline", "--python", python, *options],
        ]
    return [[str(program.python), "-m", "venv", str(deployed)], [python, "-m", "pip", "install", *options]]


def _size(program: Program) -> tuple[float, bytes]:
    answer = _timed(program, program.start)[1]
    if program.python is None:
        return float(Path(program.start[0]).stat().st_size), answer
    packages = ["--packages"] if program.library else []
    return float(_timed(program, [str(program.python), str(DEPLOYED), *packages])[1]), answer


def _source(program: Program) -> tuple[float, bytes]:
    answer = _timed(program, program.start)[1]
    if program.python is not None:
        lines = _without_docstrings(program.source).splitlines()
    else:
        files = [file for file in sorted(program.source.glob("*.go")) if not file.name.endswith("_test.go")]
        lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    code = [line.strip() for line in lines if line.strip() and not line.strip().startswith("//")]
    return float(len("\n".join(code).encode())), answer


def _without_docstrings(script: Path) -> str:
    """Return a script's code in the form in which the standard library writes it, without comments and docstrings."""
    tree = ast.parse(script.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and ast.get_docstring(node):
            del node.body[0]
    return ast.unparse(tree)


def _timed(program: Program, command: Sequence[str]) -> tuple[float, bytes]:
    """Run a command to its end, with the entry's files as its input; return its seconds and what it printed."""
    _forget(program)
    files = [program.context.root / "build" / "inputs" / name for name in program.benchmark.files.values()]
    with program.context.reaper.temporary() as folder:
        out, err = folder / "out", folder / "err"
        with process.files_limited():
            start = time.perf_counter()
            pid = _spawn(program, command, files[0] if files else Path(os.devnull), out, err)
        _await_end(program.tree, pid)
        seconds = time.perf_counter() - start
        status = program.tree.wait(pid)
        if out.stat().st_size >= process.MOST_OUTPUT:
            raise CommandError(f"{' '.join(command)}: it printed more than {process.MOST_OUTPUT >> 20} MiB")
        if status != 0:
            raise CommandError(f"{' '.join(command)}: exit status {status}: {_end(err)}")
        return seconds, out.read_bytes()


def _first_response(program: Program, command: Sequence[str], start: float) -> tuple[float, bytes]:
    """Start a server and ask until it answers; return the seconds since `start`, and the body of its answer."""
    port = free_port()
    held, most = program.context.reaper, limit(program.benchmark)
    with held.temporary() as folder, limits.limited(held, most) as group:
        err = folder / "err"
        with process.files_limited():
            if group:
                pid, start = _spawn_within(group, program, [*command, str(port)], err)
            else:
                pid = _spawn(program, [*command, str(port)], Path(os.devnull), Path(os.devnull), err)
        until = time.perf_counter() + process.TIME_LIMIT
        try:
            while (body := _get(port)) is None:
                if children.has_ended(pid) or time.perf_counter() > until:
                    killed = f" {most.words} were not enough;" if most and group and group.usage().killed else ""
                    raise CommandError(f"{' '.join(command)}: no answer:{killed} {_end(err)}")
                time.sleep(POLL)
            return time.perf_counter() - start, body
        finally:
            process.kill_group(pid)
            program.tree.wait(pid)


def _get(port: int) -> bytes | None:
    """Ask a server for its first page; None while nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=process.TIME_LIMIT)
    try:
        connection.request("GET", "/")
        response = connection.getresponse()
        body = response.read(process.MOST_OUTPUT)
    except ConnectionError:
        return None
    finally:
        connection.close()
    if response.status != http.HTTPStatus.OK:
        raise CommandError(f"the server answered with status {response.status}: {body[:200]!r}")
    return body


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _spawn(program: Program, command: Sequence[str], stdin: Path, out: Path, err: Path) -> int:
    """Start a command in a process group of its own, pinned; posix_spawn takes a fraction of what subprocess does."""
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [
        (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, out, write, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, err, write, 0o600),
    ]
    with process.launching(program.tree):
        pid = os.posix_spawn(command[0], list(command), dict(program.variables), file_actions=files, setpgroup=0)
    program.tree.add(pid)
    return pid


def _spawn_within(group: Group, program: Program, command: Sequence[str], err: Path) -> tuple[int, float]:
    """Start a command in a control group; return it, and when it began: until it was in the group it waited."""
    reading, writing = os.pipe()
    try:
        pid = _spawn(program, limits.waiting(command), Path(f"/proc/self/fd/{reading}"), Path(os.devnull), err)
        return pid, group.let_go(pid, writing)
    finally:
        os.close(reading)
        os.close(writing)


def _await_end(tree: ProcessTree, pid: int) -> None:
    """Return when a process has ended, which is killed at the time limit. The caller reaps it: that takes time as well."""
    watchdog = threading.Timer(process.TIME_LIMIT, process.kill_group, (pid,))
    watchdog.start()
    try:
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    except BaseException:
        process.kill_group(pid)
        tree.wait(pid)
        raise
    finally:
        watchdog.cancel()


def _finish(program: Program, command: Sequence[str], folder: Path, variables: Mapping[str, str] | None = None) -> None:
    """Run one command of several to its end, in a folder."""
    base = golang.environment() | {"GOPROXY": "off"} if program.python is None else program.variables
    own = {**base, **program.context.reaper.variables, **(variables or {})}
    _, failure = process.communicate(program.tree, command, cwd=folder, environment=own, limit=BUILD_LIMIT)
    if failure:
        raise CommandError(f"{' '.join(command)}: {failure}")


def _unseen() -> int:
    """Return a number for an edit that was never made before: Go has what it compiled of an earlier one in its cache."""
    return time.time_ns()


def _edit(source: Path, addition: str) -> None:
    source.write_text(source.read_text(encoding="utf-8") + addition, encoding="utf-8")


def _end(err: Path) -> str:
    """Return the end of what a program has written to a file."""
    with err.open("rb") as file:
        file.seek(-min(process.STDERR_KEPT, err.stat().st_size), os.SEEK_END)
        return file.read().decode(errors="replace").strip()


def _forget(program: Program) -> None:
    """Have the kernel forget the files that it keeps in memory, where the entry asks for it."""
    if program.benchmark.page_cache == "dropped":
        os.sync()
        DROP_CACHES.write_text("3\n", encoding="utf-8")


def _copied(python: Path) -> Path:
    """Return a copy of an environment's python: the kernel cannot forget a file that the harness itself is running from."""
    copy = python.with_name("python-copied")
    if not copy.exists():
        shutil.copy(python.resolve(), copy)
    return copy


def _wheels(context: MeasureContext) -> Path:
    return context.root / "build" / "wheels"


def _download(context: MeasureContext, benchmark: Benchmark, python: Path) -> None:
    """Download the wheels of the entry's requirements."""
    lock = context.root / "bench" / "requirements" / f"{benchmark.requirements}.txt"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    command = [
        *pip,
        "download",
        "--quiet",
        "--require-hashes",
        "--no-deps",
        "--dest",
        str(_wheels(context)),
        "--requirement",
        str(lock),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ToolchainError(f"{' '.join(command)}: exit status {done.returncode}: {done.stderr.strip()[-500:]}")
