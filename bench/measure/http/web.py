"""The `http` instrument: one web server under load, a fresh process for each invocation; docs/decisions/web.md has the reasons.

The server runs on the program's CPU, the load generator (`go_examples/load`) and PostgreSQL on the others. An invocation:

- `start`: the server is started, answers, and is read at rest; then its answers are checked one by one.
- `saturation`: after a warm-up, a closed loop: every connection sends its next request as soon as the last is answered.
- Only entries with a curve: an open loop at shares of that throughput, and at `rate` requests per second: marks `25%` to `95%`
  and `rate`. Requests are sent at times planned beforehand, and their latency counts from those.

Entries with a `rate` and no curve are about what a request costs at it: `start` and `fixed`, and no closed loop. Those with a
`stall` are about what becomes of requests when one of several services stops: `start` and `stall`.

Then the work of the database and the upstream is compared with the requests that were answered, and so are the access log and the
metrics of a service that keeps them.

Entries with idle WebSockets have marks of their own after `start`: see `bench/measure/http/crowd.py`. Those with a `quota` have
their server in a control group: see `bench/measure/processes/limits.py`.
"""

from __future__ import annotations

import contextlib
import dataclasses
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.catalog import Benchmark
from bench.measure.host import golang
from bench.measure.host.golang import ToolchainError
from bench.measure.http import crowd, distance, generator, postgres, production, stall
from bench.measure.http.generator import SCHEMA, Generator
from bench.measure.http.postgres import PostgresError, Work
from bench.measure.http.serving import KEY, LoadError, Server, serving
from bench.measure.http.transport import HANDSHAKE
from bench.measure.instruments import commands
from bench.measure.instruments.base import (
    Backend,
    HarnessError,
    InvocationRequest,
    MeasureContext,
    Sample,
    path_variables,
    rounded,
)
from bench.measure.instruments.weight import weight
from bench.measure.processes import process
from bench.measure.processes.procfs import ProcError
from bench.measure.processes.tree import ProcessTree
from bench.records.run import Reading
from bench.workloads.checksum import checksum

SEED = 4201
"""Of the rows' numbers, and of the requests that are drawn."""
CHECKED = 32
"""Answers that are checked before the load."""
SLOWEST = 5.0
"""Seconds within which each of them has to arrive."""
SHARES = (0.25, 0.50, 0.75, 0.90, 0.95)
"""Of the saturation throughput: the rates of a latency curve."""
WARM_UP = 0.5
"""Share of a closed loop's seconds that precede it as a warm-up; half as much in an open loop."""
COMMON = 6
"""How many times as long as the others the phase at the common rate of all servers is."""
ALONE = 5
"""The same of the phase at a fixed rate that is the only one: there are few requests in a second of it."""
FAR = 4
"""The same of a closed loop whose requests wait for a database that is not next door."""
SAMPLED = 0.25
"""Seconds between two readings of a server's memory in a closed loop."""
SEEN: Mapping[str, Mapping[str, float]] = {
    "one-query": {"world_reads": 1},
    "twenty-queries": {"world_reads": 20},
    "fortunes": {"fortune_reads": 1},
    "twenty-updates": {"hits": 20},
    "chain": {"world_reads": 7},
    "chain-gateway": {"upstream_calls": 3},
    "chain-users": {"world_reads": 1},
    "chain-orders": {"world_reads": 3},
    "chain-prices": {"world_reads": 3},
    "slow-upstream": {"upstream_calls": 3},
    "crud-read": {"purchase_reads": 1},
    "crud-list": {"purchase_reads": 100},
    "crud-insert": {"inserted": 1},
    "crud-update": {"hits": 1},
    "crud-mix": {"purchase_reads": 15, "inserted": 0.1, "hits": 0.02},
}
"""Endpoint -> the work of database and upstream that each request needs. Of a mix it is less than the shares say, since these are
drawn: how much less, a test of the generator holds for the seed."""

Metrics = dict[str, float]


@contextlib.contextmanager
def backend(context: MeasureContext, benchmarks: Sequence[Benchmark], given: str | None) -> Iterator[MeasureContext]:
    """Yield the context with a database where a benchmark needs one: the `given`, or a PostgreSQL of the run's own.

    Raises:
        ToolchainError: it does not start, cannot be reached, or holds something else.
    """
    if not any(benchmark.is_loaded for benchmark in benchmarks):
        yield context
        return
    try:
        with _database(context, given) as url:
            yield dataclasses.replace(context, backend=Backend(url, postgres.version(url), given is not None))
    except PostgresError as error:
        raise ToolchainError(str(error)) from error


def build(context: MeasureContext, benchmark: Benchmark, layouts: Sequence[int]) -> list[Path]:
    """Build a benchmark's Go servers and what loads them; raises ToolchainError. They have the linker's own layout.

    What takes a C compiler is left out where there is none, as it is of what is measured.
    """
    del layouts
    packages = [go.package for go in benchmark.go.values() if not go.cgo or golang.compiles_c()]
    client = crowd.PACKAGE if crowd.asked(benchmark) else generator.PACKAGE
    helpers = (client, *([distance.PACKAGE] if distance.KEY in benchmark.input else []))
    golang.build_all(context.root, [(package, None, commands.binary(context, package)) for package in (*helpers, *packages)])
    return [commands.binary(context, package) for package in packages]


def invoke(context: MeasureContext, benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
    """Run one invocation of a server.

    Raises:
        HarnessError: the database or the load generator has failed, and not the server.
    """
    readings: list[Reading] = []
    tree = context.tree(benchmark)

    def work() -> tuple[str, str | None]:
        try:
            marks = _idle if crowd.asked(benchmark) else _marks
            for mark, metrics in marks(context, tree, benchmark, program, request):
                readings.append(Reading(count=None, mark=mark, metrics=metrics))
        except LoadError as error:
            _require_database(context)
            return "", str(error)
        except PostgresError as error:
            _require_database(context)
            raise HarnessError(str(error)) from error
        return "", None

    finished = process.observe(work, tree, sorted({*context.cpus, *context.other_cpus}))
    if tree.shared and context.needed().given:
        finished = dataclasses.replace(finished, foreign=None)  # what such a database uses of these CPUs is not known
    if finished.failure:
        return Sample(finished, failure=finished.failure)
    value = readings[-1].metrics[str(benchmark.metric)]
    answered = int(benchmark.input["connections"]) if crowd.asked(benchmark) else CHECKED
    return Sample(finished, (), rounded([value]), checksum(answered), None, tuple(readings))


def throughputs(
    context: MeasureContext, benchmark: Benchmark, program: str, request: InvocationRequest, seconds: Sequence[float]
) -> list[float]:
    """Start a server and return its requests per second in closed loops of so many seconds each, one after the other.

    Each follows the warm-up of a loop of the request's seconds, whatever its own length.

    Raises:
        LoadError: the server was refused.
        HarnessError: the load generator has failed.
    """
    with (
        _generating(context, benchmark) as load,
        serving(context, context.tree(benchmark), benchmark, program, load.upstream, request.seed) as server,
    ):
        plan = {
            **_aim(server, str(benchmark.input["endpoint"])),
            **_connections(benchmark),
            "mode": "closed",
            "warm_up": WARM_UP * request.phase,
        }
        return [_loaded(load, server, plan, each)["rate"] for each in seconds]


def _generating(context: MeasureContext, benchmark: Benchmark) -> contextlib.AbstractContextManager[Generator]:
    """Run the load generator with what it needs to know of an entry."""
    weights, key = path_variables(context, benchmark).get("WEIGHTS"), benchmark.input.get(KEY)
    return generator.running(context, everywhere=benchmark.cpus == "all", weights=weights, key=str(key) if key else None)


def _aim(server: Server, endpoint: str) -> dict[str, object]:
    return {"target": f"127.0.0.1:{server.port}", "endpoint": endpoint, "seed": SEED, **server.transport.plan}


def _connections(benchmark: Benchmark) -> dict[str, object]:
    """Return how many connections a load has; of gRPC these are calls, and it has `channels` for them."""
    return {name: int(benchmark.input[name]) for name in ("connections", "channels") if name in benchmark.input}


def _marks(
    context: MeasureContext, tree: ProcessTree, benchmark: Benchmark, program: str, request: InvocationRequest
) -> Iterator[tuple[str, Metrics]]:
    """Yield each mark of an invocation with its metrics."""
    endpoint = str(benchmark.input["endpoint"])
    rate = float(benchmark.input.get("rate", 0))
    inserting = "inserted" in SEEN.get(endpoint, {})
    if inserting:
        postgres.emptied(context.needed().url)  # of what an invocation that failed has left
    before = postgres.work(context.needed().url)
    sent = upstream = 0.0
    with (
        _generating(context, benchmark) as load,
        distance.between(context, benchmark) as far,
        serving(far.context, tree, benchmark, program, load.upstream, request.seed) as server,
    ):
        rest = _rest(context, benchmark, program, server)
        aim = _aim(server, endpoint)
        load.phase({**aim, "mode": "check", "requests": CHECKED, "limit": SLOWEST}, CHECKED * SLOWEST)
        yield "start", rest
        written = production.written(server)
        closed = {**aim, **_connections(benchmark), "mode": "closed", "warm_up": WARM_UP * request.phase}
        opened = {**closed, "mode": "open", "warm_up": WARM_UP / 2 * request.phase}
        phases = [("fixed", rate, ALONE * request.phase)]
        if stall.KEY in benchmark.input:
            metrics = stall.stalled(load, server, {**opened, "rate": rate}, float(benchmark.input[stall.KEY]), request.phase)
            yield "stall", metrics
            sent, phases = metrics["sent"] - metrics["failed"], []
        elif benchmark.has_curve or not rate:
            far.lateness()
            metrics = (
                _loaded(load, server, closed, request.phase * (FAR if distance.KEY in benchmark.input else 1)) | far.lateness()
            )
            yield "saturation", metrics
            sent, upstream = metrics["sent"], metrics["upstream_calls"]
            shares = [(f"{share:.0%}", share * metrics["rate"], request.phase) for share in SHARES]
            phases = [*shares, ("rate", rate, COMMON * request.phase)] if rate else []
        for mark, offered, seconds in phases:
            metrics = _loaded(load, server, {**opened, "rate": offered}, seconds) | far.lateness()
            yield mark, metrics
            sent, upstream = sent + metrics["sent"], upstream + metrics["upstream_calls"]
        production.verify(written, production.written(server), sent)
    _verify(endpoint, sent, upstream, before, postgres.work(context.needed().url))
    if inserting:
        postgres.emptied(context.needed().url)


def _idle(
    context: MeasureContext, tree: ProcessTree, benchmark: Benchmark, program: str, request: InvocationRequest
) -> Iterator[tuple[str, Metrics]]:
    """Yield each mark of an invocation whose connections are idle WebSockets, with its metrics."""
    with serving(context, tree, benchmark, program, "", request.seed) as server:
        yield "start", _rest(context, benchmark, program, server)
        yield from crowd.marks(context, server, benchmark)


def _rest(context: MeasureContext, benchmark: Benchmark, program: str, server: Server) -> Metrics:
    """Return what is read of a server that has answered once."""
    return {"seconds": server.seconds, "proportional": server.proportional, **weight(context, benchmark, program)}


def _loaded(load: Generator, server: Server, plan: Mapping[str, object], seconds: float) -> Metrics:
    """Load a server for one phase; return the generator's metrics, the CPU time of both sides, and the server's memory.

    `server_cpu` is in CPU seconds per thousand requests, `generator_cpu` in CPUs, `proportional` in bytes: the most seen. What a
    limited server has besides: see `_held_back`.
    """
    spent_before = server.cpu_seconds
    with _held_back(server) as held_back, _watched(server, closed=plan["mode"] == "closed") as sizes:
        answer = load.phase({**plan, "seconds": seconds}, seconds)
    spent = server.cpu_seconds - spent_before
    if errors := answer["errors"]:
        raise LoadError(f"{errors} of {answer['requests'] + errors} requests failed; the first: {answer['first_error']}")
    if not answer["requests"]:
        raise LoadError(f"no request was answered within {seconds:g} s of load")
    metrics = {name: float(metric) for name, metric in answer.items() if isinstance(metric, (int, float))}
    if server.transport.name == HANDSHAKE and metrics.get("handshakes") != metrics["sent"]:
        raise LoadError(f"{metrics['sent']:.0f} requests had {metrics.get('handshakes', 0):.0f} handshakes")
    return {
        **{name: metric for name, metric in metrics.items() if name != "cpu"},
        "connections": float(str(plan["connections"])),
        "generator_cpu": metrics["cpu"] / metrics["seconds"],
        "server_cpu": 1000 * spent / metrics["sent"],
        "proportional": max(sizes),
        **held_back,
    }


@contextlib.contextmanager
def _held_back(server: Server) -> Iterator[Metrics]:
    """Yield metrics that are filled in at the end: how a server met the limits of its control group; none without such a group.

    `throttled` is the share of the quota's periods in which it was used up, `throttled_seconds` for how many seconds of each
    second the group was throttled, those of several CPUs added up, `memory_reached` how often its memory was full.
    """
    metrics: Metrics = {}
    if server.group is None:
        yield metrics
        return
    before, start = server.group.usage(), time.perf_counter()
    yield metrics
    after, seconds = server.group.usage(), time.perf_counter() - start
    metrics["throttled"] = (after.throttled - before.throttled) / max(1, after.periods - before.periods)
    metrics["throttled_seconds"] = (after.seconds - before.seconds) / seconds
    metrics["memory_reached"] = float(after.reached - before.reached)


@contextlib.contextmanager
def _watched(server: Server, *, closed: bool) -> Iterator[list[float]]:
    """Yield a list that fills with a server's memory: read now and then in a closed loop, and at the end.

    In an open loop only at the end: reading takes milliseconds of the generator's CPU, which would send its requests late.
    """
    sizes: list[float] = []
    over = threading.Event()

    def watch() -> None:
        with contextlib.suppress(LoadError, ProcError):  # which the reading at the end meets as well
            while not over.wait(SAMPLED):
                sizes.append(server.proportional)

    watching = threading.Thread(target=watch, daemon=True)
    if closed:
        watching.start()
    try:
        yield sizes
    finally:
        over.set()
        if closed:
            watching.join()
    sizes.append(server.proportional)


def _verify(endpoint: str, sent: float, upstream: float, before: Work, after: Work) -> None:
    """Refuse a server that answered more requests than it did work for; raises LoadError."""
    done = {
        "world_reads": after.world_reads - before.world_reads,
        "fortune_reads": after.fortune_reads - before.fortune_reads,
        "purchase_reads": after.purchase_reads - before.purchase_reads,
        "hits": after.hits - before.hits,
        "inserted": after.inserted - before.inserted,
        "upstream_calls": upstream,
    }
    for name, each in SEEN.get(endpoint, {}).items():
        if done[name] < each * sent:
            raise LoadError(f"{endpoint}: {sent:.0f} requests want {each * sent:.0f} {name}, and {done[name]:.0f} were seen")


def _require_database(context: MeasureContext) -> None:
    """Tell a database that has failed from a server that has: raises HarnessError with what ended and with which status."""
    if ended := context.reaper.ended():
        raise HarnessError("; ".join(ended))
    try:
        postgres.version(context.needed().url)
    except PostgresError as error:
        raise HarnessError(str(error)) from error


def _database(context: MeasureContext, given: str | None) -> contextlib.AbstractContextManager[str]:
    schema = context.root / SCHEMA
    return (
        postgres.given(given, schema, SEED)
        if given
        else postgres.database(context.root / "build", context.other_cpus, schema, SEED, context.reaper)
    )
