"""The `http` instrument: one web server under load, a fresh process for each invocation; docs/decisions/web.md has the reasons.

The server has the program's CPU, the load generator (`go_examples/load`) and PostgreSQL have the others. An invocation:

- `start`: the server is started, answers, and is read at rest; then its answers are checked one by one.
- `saturation`: after a warm-up, a closed loop: every connection sends its next request as soon as the last is answered.
- Only entries with a `rate`: an open loop at shares of that throughput, and at `rate` requests per second: marks `25%` to `95%`
  and `rate`. Requests are sent at times planned beforehand, and their latency counts from those.

Then the work that the database and the upstream have seen is held against the requests that were answered.
"""

from __future__ import annotations

import contextlib
import dataclasses
import http.client
import json
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.catalog import Benchmark
from bench.measure import commands, dependencies, golang, inside, postgres, process
from bench.measure.golang import ToolchainError
from bench.measure.instrument import Asked, Backend, Kit, Sample, environment, go_package, rounded
from bench.measure.leash import Leash, leash
from bench.measure.postgres import PostgresError, Work
from bench.measure.records import Reading
from bench.workloads.checksum import checksum

GENERATOR = "load"
SCHEMA = Path("bench") / "workloads" / "web" / "schema.sql"
SEED = 4201
"""Of the rows' numbers, and of the requests that are drawn."""
CHECKED = 32
"""Answers that are checked before the load."""
SLOWEST = 5.0
"""Seconds within which each of these has to come."""
SHARES = (0.25, 0.50, 0.75, 0.90, 0.95)
"""Of the saturation throughput: the rates of a latency curve."""
OPEN_CONNECTIONS = 256
"""Connections of the open loop: what is planned while all are busy waits for one."""
POOL = 16
"""Connections to the database that all processes of a server have together."""
WARM_UP = 0.5
"""Share of a phase that goes before it and does not count."""
SAMPLED = 0.25
"""Seconds between two readings of a server's memory under load."""
PATIENCE = 30.0
"""Seconds that a phase may take beyond its own."""
TICKS = os.sysconf("SC_CLK_TCK")

Figures = dict[str, float]


class LoadError(Exception):
    """A server was refused, or the load generator failed; the message says why."""


@contextlib.contextmanager
def backend(kit: Kit, benchmarks: Sequence[Benchmark], given: str | None) -> Iterator[Kit]:
    """Start PostgreSQL where a benchmark needs it, or prepare the one that `--postgres-url` names; yield the kit with its address.

    Raises:
        ToolchainError: there is none, or it holds something else.
    """
    if not any(benchmark.instrument == "http" for benchmark in benchmarks):
        yield kit
        return
    schema = kit.root / SCHEMA
    try:
        with leash() as held:
            database = postgres.given(given, schema, SEED) if given else _database(kit, schema, held)
            with database as url:
                yield dataclasses.replace(kit, backend=Backend(url, held))
    except PostgresError as error:
        raise ToolchainError(str(error)) from error


def build(kit: Kit, benchmark: Benchmark, layouts: Sequence[int]) -> list[Path]:
    """Build the load generator and a benchmark's Go servers; raises ToolchainError. They have the linker's own layout."""
    del layouts
    packages = [GENERATOR, *(go.package for go in benchmark.go.values())]
    golang.build_all(kit.root, [(package, None, commands.binary(kit, package)) for package in packages])
    return [commands.binary(kit, go.package) for go in benchmark.go.values()]


def invoke(kit: Kit, benchmark: Benchmark, program: str, asked: Asked) -> Sample:
    """Run one invocation of a server; without any seconds to load it for, its answers are checked and that is all."""
    readings: list[Reading] = []

    def work() -> tuple[str, str | None]:
        try:
            readings.extend(
                Reading(count=None, mark=mark, figures=figures) for mark, figures in _marks(kit, benchmark, program, asked)
            )
        except (LoadError, PostgresError, OSError, ValueError) as error:
            return "", str(error)
        return "", None

    finished = process.observe(work, sorted({*kit.cpus, *kit.other_cpus}))
    if finished.failure:
        return Sample(finished, failure=finished.failure)
    last = readings[-1].figures
    value = last["seconds"] if asked.phase == 0 else last[str(benchmark.figure)]
    return Sample(finished, (), rounded([value]), checksum(CHECKED), None, tuple(readings))


def _marks(kit: Kit, benchmark: Benchmark, program: str, asked: Asked) -> Iterator[tuple[str, Figures]]:
    """Yield each mark of an invocation with its figures."""
    endpoint, rate = str(benchmark.input["endpoint"]), float(benchmark.input.get("rate", 0))
    connections = int(benchmark.input["connections"])
    before = postgres.work(_backend(kit).url)
    with generator(kit, benchmark) as load:
        sent = upstream = 0.0
        with serving(kit, benchmark, program, load.upstream, asked.chance) as server:
            figures = {"seconds": server.seconds, **_weight(kit, benchmark, program), **inside.memory(server.pid)}
            aim = {"target": f"127.0.0.1:{server.port}", "endpoint": endpoint, "seed": SEED}
            load.phase({**aim, "mode": "check", "requests": CHECKED, "limit": SLOWEST}, 0.0)
            yield "start", figures
            if asked.phase == 0:
                return
            closed = {**aim, "mode": "closed", "connections": connections, "warm_up": WARM_UP * asked.phase}
            found = _loaded(load, server, {**closed, "seconds": asked.phase}, asked.phase)
            yield "saturation", found
            sent, upstream = sent + found["sent"], upstream + found["upstream_calls"]
            opened = {**aim, "mode": "open", "connections": OPEN_CONNECTIONS, "warm_up": WARM_UP * asked.phase / 2}
            plans = [(f"{share:.0%}", share * found["rate"], asked.phase) for share in SHARES]
            for mark, offered, seconds in [*plans, ("rate", rate, 2 * asked.phase)] if rate else ():
                found = _loaded(load, server, {**opened, "rate": offered, "seconds": seconds}, seconds)
                yield mark, found
                sent, upstream = sent + found["sent"], upstream + found["upstream_calls"]
    _verify(endpoint, sent, upstream, before, postgres.work(_backend(kit).url))


def _verify(endpoint: str, sent: float, upstream: float, before: Work, after: Work) -> None:
    """Refuse a server whose work fell short of what it answered: `SEEN` per request."""
    done = {
        "world_reads": after.world_reads - before.world_reads,
        "fortune_reads": after.fortune_reads - before.fortune_reads,
        "hits": after.hits - before.hits,
        "upstream_calls": upstream,
    }
    for name, each in SEEN.get(endpoint, {}).items():
        if done[name] < each * sent:
            raise LoadError(f"{endpoint}: {sent:.0f} requests want {each * sent:.0f} {name}, and {done[name]:.0f} were seen")


SEEN: Mapping[str, Mapping[str, int]] = {
    "one-query": {"world_reads": 1},
    "twenty-queries": {"world_reads": 20},
    "fortunes": {"fortune_reads": 1},
    "twenty-updates": {"hits": 20},
    "slow-upstream": {"upstream_calls": 3},
}
"""Endpoint -> what database and upstream must have seen for each request."""


@dataclasses.dataclass(frozen=True)
class Server:
    pid: int
    port: int
    seconds: float
    """From its start to its first response."""


@dataclasses.dataclass(frozen=True)
class Generator:
    process: subprocess.Popen[str]
    upstream: str

    def phase(self, plan: Mapping[str, object], seconds: float) -> dict[str, Any]:
        """Have a phase made; return its figures.

        Raises:
            LoadError: the server was refused, or the generator did not answer.
        """
        hung = threading.Timer(seconds + PATIENCE, process.kill_group, (self.process.pid,))
        hung.start()
        try:
            if self.process.stdin is None or self.process.stdout is None:
                raise LoadError("the load generator has no pipes")
            self.process.stdin.write(json.dumps(plan) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        finally:
            hung.cancel()
        if not answer:
            raise LoadError(f"the load generator ended, or took more than {seconds + PATIENCE:.0f} s for {dict(plan)}")
        found: dict[str, Any] = json.loads(answer)
        if "failure" in found:
            raise LoadError(str(found["failure"]))
        return found


def _loaded(load: Generator, server: Server, plan: Mapping[str, object], seconds: float) -> Figures:
    """Load a server for one phase; return what the generator says, the CPU time of both sides, and the server's memory.

    `server_cpu` is in CPU seconds per thousand requests, `generator_cpu` in CPUs, `group` in bytes: the most that was read.
    """
    sizes: list[float] = []
    over = threading.Event()

    def watch() -> None:
        while not over.wait(SAMPLED):
            sizes.append(inside.memory(server.pid).get("proportional", 0.0))

    watching = threading.Thread(target=watch, daemon=True)
    busy = _cpu_seconds(server.pid)
    watching.start()
    try:
        said = load.phase(plan, seconds)
    finally:
        over.set()
        watching.join()
    spent = _cpu_seconds(server.pid) - busy
    sizes.append(inside.memory(server.pid).get("proportional", 0.0))
    if said["errors"]:
        raise LoadError(f"{said['errors']} of {said['requests'] + said['errors']} requests failed; the first: {said['first_error']}")
    figures = {name: float(figure) for name, figure in said.items() if isinstance(figure, (int, float))}
    figures["generator_cpu"] = figures.pop("cpu") / figures["seconds"]
    return {
        **figures,
        "connections": float(str(plan["connections"])),
        "server_cpu": 1000 * spent / figures["sent"],
        "proportional": max(sizes),
    }


@contextlib.contextmanager
def generator(kit: Kit, benchmark: Benchmark) -> Iterator[Generator]:
    """Start the load generator, which serves the slow upstream as well."""
    command = [str(commands.binary(kit, GENERATOR)), "-schema", str(kit.root / SCHEMA)]
    cpus = kit.other_cpus if benchmark.cpus == "one" else kit.cpus_for(benchmark)
    with process.pinned(cpus):
        running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True)
    held = _backend(kit).leash
    held.group(running.pid)
    try:
        said = json.loads(running.stdout.readline() or "{}") if running.stdout else {}
        if "upstream" not in said:
            raise LoadError(f"{' '.join(command)}: it did not say where its upstream is")
        yield Generator(running, str(said["upstream"]))
    finally:
        _end(running, held)


@contextlib.contextmanager
def serving(kit: Kit, benchmark: Benchmark, program: str, upstream: str, chance: str) -> Iterator[Server]:
    """Start a server and wait for its first response; end it, and wait until its connections to the database are closed."""
    workers, port = int(benchmark.input["workers"]), commands.free_port()
    command = _command(kit, benchmark, program, workers, port)
    held = _backend(kit).leash
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        with process.pinned(kit.cpus_for(benchmark)):
            running = subprocess.Popen(
                command,
                cwd=kit.root,
                env=environment(variables(kit, benchmark, program, upstream, port), chance),
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
                text=True,
                start_new_session=True,
            )
        held.group(running.pid)
        try:
            _await_answer(running, port)
            yield Server(running.pid, port, time.perf_counter() - start)
        except (LoadError, OSError) as error:
            errors.seek(0)
            said = errors.read().decode(errors="replace")[-process.STDERR_KEPT :].strip()
            raise LoadError(f"{error}{f'; the server said: {said}' if said else ''}") from error
        finally:
            running.terminate()
            _end(running, held)


def _await_answer(running: subprocess.Popen[str], port: int) -> None:
    limit = time.perf_counter() + PATIENCE
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", "/plaintext")
            status = connection.getresponse().status
        except ConnectionError:
            if running.poll() is not None:
                raise LoadError(f"the server ended with exit status {running.returncode}") from None
            if time.perf_counter() > limit:
                raise LoadError(f"the server did not answer within {PATIENCE:.0f} s") from None
            time.sleep(commands.POLL)
        else:
            if status != http.HTTPStatus.OK:
                raise LoadError(f"GET /plaintext: status {status}")
            return
        finally:
            connection.close()


def variables(kit: Kit, benchmark: Benchmark, program: str, upstream: str, port: int) -> dict[str, str]:
    """Return the variables that a server is given, its runtime's among them."""
    language, _, *runtime = program.split("/")
    workers = int(benchmark.input["workers"])
    own = kit.variables[runtime[0]] if language == "python" else {"GOMAXPROCS": str(workers)}
    pool = POOL // workers if language == "python" else POOL
    return {**own, "PORT": str(port), "DATABASE_URL": _backend(kit).url, "UPSTREAM": upstream, "POOL": str(max(1, pool))}


def _command(kit: Kit, benchmark: Benchmark, program: str, workers: int, port: int) -> list[str]:
    language, variant, *runtime = program.split("/")
    if language == "go":
        return [str(commands.binary(kit, go_package(benchmark, program)))]
    python = kit.environments[benchmark.requirements][runtime[0]]
    arguments = [argument.format(port=port, workers=workers) for argument in benchmark.python[variant].arguments]
    return [str(python), *arguments]


def _end(running: subprocess.Popen[str], held: Leash) -> None:
    """End a process that was told to end, or whose input is closed; and those that it has started, whatever they do."""
    for pipe in (running.stdin, running.stdout):
        if pipe:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        running.wait(PATIENCE)
    process.kill_group(running.pid)
    running.wait()
    held.released(running.pid)


def _cpu_seconds(leader: int) -> float:
    """Return the CPU time that a process group has spent, with its children that have ended."""
    ticks = 0
    for member in inside.group(leader):
        with contextlib.suppress(OSError):
            fields = (inside.PROC / str(member) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / TICKS


def _backend(kit: Kit) -> Backend:
    if kit.backend is None:
        raise LoadError("there is no database: the run has to be begun by `runner.go_on`")
    return kit.backend


def _database(kit: Kit, schema: Path, held: Leash) -> contextlib.AbstractContextManager[str]:
    return postgres.database(kit.root / "build", kit.other_cpus, schema, SEED, held)


def _weight(kit: Kit, benchmark: Benchmark, program: str) -> Figures:
    """Return how many distributions or modules a server needs, and how many bytes these or its binary take."""
    language, variant, *runtime = program.split("/")
    if language == "go":
        count, size = dependencies.of_go(commands.binary(kit, go_package(benchmark, program)))
    else:
        python = kit.environments[benchmark.requirements][runtime[0]]
        count, size = dependencies.of_python(python, benchmark.python[variant].packages)
    return {"dependencies": float(count), "installed": float(size)}
