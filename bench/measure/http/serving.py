"""The measured web servers' processes."""

from __future__ import annotations

import contextlib
import functools
import http.client
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.catalog import Benchmark
from bench.measure.host.urls import split
from bench.measure.http import transport as transports
from bench.measure.http.transport import Transport
from bench.measure.instruments import commands
from bench.measure.instruments.base import MeasureContext, environment, go_package, go_variables, limit, path_variables
from bench.measure.processes import children, limits, process, procfs
from bench.measure.processes.limits import Group
from bench.measure.processes.tree import ProcessTree

POOL = 16
"""Connections to the database that all processes of a server have together."""
PATIENCE = 30.0
"""Seconds within which a server has to answer for the first time."""
SETTINGS, FRAME_HEADER = 4, 9
"""Of HTTP/2: a frame's type, and the bytes before its payload. Source: RFC 9113, sections 4.1 and 6.5."""
KEY = "key"
"""The key of an entry's input: what the tokens of its requests are signed with. Its servers keep an access log, and metrics."""


class LoadError(Exception):
    """A server was refused, or the load generator failed; the message says why."""


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    pid: int
    port: int
    seconds: float
    """From its start to its first response."""
    log: Path | None = None
    """Its access log, where it keeps one."""
    transport: Transport = transports.BARE
    group: Group | None = None
    """The control group that limits it, where its entry asks for one."""

    @property
    def cpu_seconds(self) -> float:
        """The CPU time that its processes have used so far, those that have ended included."""
        return procfs.cpu_seconds(procfs.members(self.pid))

    @property
    def proportional(self) -> float:
        """The memory of its processes, in bytes; raises LoadError where it has ended."""
        memory = procfs.memory(self.pid)
        if not memory:
            raise LoadError("the server has ended")
        return memory["proportional"]


@contextlib.contextmanager
def serving(
    context: MeasureContext, tree: ProcessTree, benchmark: Benchmark, program: str, upstream: str, seed: str
) -> Iterator[Server]:
    """Start a server and wait for its first response; in the end, end it.

    Raises:
        LoadError: it does not start; or the block raised it, and then the message gains the end of the server's standard error.
    """
    port, most = commands.free_port(), limit(benchmark)
    with (
        _access_log(context, benchmark) as log,
        transports.prepared(context, benchmark) as transport,
        tempfile.TemporaryFile() as errors,
        limits.limited(context.reaper, most) as group,
    ):
        arguments = command(context, benchmark, program, port, transport)
        named = variables(context, benchmark, program, upstream, port) | transport.variables
        named |= {"KEY": str(benchmark.input[KEY]), "ACCESS_LOG": str(log)} if log else {}
        start = time.perf_counter()
        with process.files_limited(process.MOST_LOGGED if log else process.MOST_OUTPUT), process.many_files():
            started = process.start(
                tree,
                limits.waiting(arguments) if group else arguments,
                cwd=context.root,
                environment=environment(named, seed),
                stdin=subprocess.PIPE if group else subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
            )
        try:
            if group and started.stdin:
                start = group.let_go(started.pid, started.stdin.fileno())
            _await_answer(started, _first(benchmark, transport), port)
            yield Server(started.pid, port, time.perf_counter() - start, log, transport, group)
        except LoadError as error:
            errors.seek(-min(process.STDERR_KEPT, errors.seek(0, os.SEEK_END)), os.SEEK_END)
            text = errors.read().decode(errors="replace").strip()
            killed = f"; its memory was not enough: {most.words}" if most and group and group.usage().killed else ""
            raise LoadError(f"{error}{killed}; the server said: {text}" if text else f"{error}{killed}") from error
        finally:
            process.kill_group(started.pid)  # its own way of ending may take seconds, and is not measured
            process.finish(tree, started)
            tree.end()


def command(
    context: MeasureContext, benchmark: Benchmark, program: str, port: int, transport: Transport = transports.BARE
) -> list[str]:
    """Return the command that starts a server."""
    language, variant, *_ = program.split("/")
    if language == "go":
        return [str(commands.binary(context, go_package(benchmark, program)))]
    arguments = benchmark.python[variant].arguments
    python = context.python(benchmark, program)
    filled = {"port": port, **benchmark.input, **transport.arguments}
    return [str(python), *(argument.format(**filled) for argument in arguments)]


def variables(context: MeasureContext, benchmark: Benchmark, program: str, upstream: str, port: int) -> dict[str, str]:
    """Return the variables of a server: those of its runtime and of its entry. Under a quota Go finds GOMAXPROCS by itself."""
    language, _, *runtime = program.split("/")
    workers = int(benchmark.input["workers"])
    most = {} if limit(benchmark) else {"GOMAXPROCS": str(workers)}
    own, processes = (
        ({**context.variables[runtime[0]]}, workers)
        if language == "python"
        else ({**go_variables(context, benchmark, program), **most}, 1)
    )
    pool = max(1, POOL // processes)
    url, password = split(context.needed().url)
    named = {key.upper(): str(benchmark.input[key]) for key in ("ping", "service", "limit") if key in benchmark.input}
    named |= path_variables(context, benchmark)
    return {**own, "PORT": str(port), "DATABASE_URL": url, **password, "UPSTREAM": upstream, "POOL": str(pool), **named}


@contextlib.contextmanager
def _access_log(context: MeasureContext, benchmark: Benchmark) -> Iterator[Path | None]:
    """Yield where the server of an entry is to keep its access log, in a folder of its own; None where it keeps none.

    It is below the project, as the system's folder for temporary files may be in memory.
    """
    if KEY not in benchmark.input:
        yield None
        return
    with context.reaper.temporary(context.root / "build") as folder:
        yield folder / "access.log"


def _first(benchmark: Benchmark, transport: Transport) -> Callable[[int], None]:
    """Return what asks a benchmark's servers for the first time, at a port; it raises OSError, HTTPException or LoadError."""
    return _ask_for_settings if "channels" in benchmark.input else functools.partial(_ask_for_plaintext, transport)


def _ask_for_plaintext(transport: Transport, port: int) -> None:
    with contextlib.closing(transport.connection(port, PATIENCE)) as connection:
        connection.request("GET", "/plaintext")
        status = connection.getresponse().status
    if status != http.HTTPStatus.OK:
        raise LoadError(f"GET /plaintext: status {status}")


def _ask_for_settings(port: int) -> None:
    """Begin a connection of HTTP/2, as clients of gRPC do; a server answers with its settings. Source: RFC 9113, section 3.4."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, SETTINGS, 0, 0, 0, 0, 0]))
        frame = connection.recv(FRAME_HEADER, socket.MSG_WAITALL)
    if len(frame) < FRAME_HEADER or frame[3] != SETTINGS:
        raise LoadError(f"HTTP/2: answered by {frame!r} in place of settings")


def _await_answer(started: subprocess.Popen[bytes], ask: Callable[[int], None], port: int) -> None:
    limit = time.perf_counter() + PATIENCE
    while True:
        try:
            ask(port)
        except ConnectionRefusedError:
            if children.has_ended(started.pid):
                raise LoadError(f"the server ended with exit status {children.exit_status(started.pid)}") from None
            if time.perf_counter() > limit:
                raise LoadError(f"the server did not answer within {PATIENCE:.0f} s") from None
            time.sleep(commands.POLL)
        except (OSError, http.client.HTTPException) as error:
            raise LoadError(f"the first request: {error!r}") from error
        else:
            return
