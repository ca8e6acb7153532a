"""The `http` instrument, with a small server that does what a test tells it to, and a real generator and database."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping
from typing import Any

import psutil
import psycopg
import pytest

from bench.catalog import Benchmark
from bench.catalog.model import PythonImplementation
from bench.measure.http import distance, serving, web
from bench.measure.http.generator import Generator
from bench.measure.http.serving import LoadError
from bench.measure.instruments.base import HarnessError, InvocationRequest, MeasureContext, Sample, limit
from bench.measure.processes import limits
from bench.measure.processes.limits import Group, Usage
from tests import observed
from tests.cataloged import CATALOG

ENTRIES = {b.id: b for b in CATALOG.benchmarks if b.instrument == "http"}
PROGRAM = f"python/answerer/{observed.HERE}"
BRIEFLY = InvocationRequest(None, 1, 0, 1, "test", phase=0.2)


@pytest.fixture(scope="module")
def equipped() -> Iterator[MeasureContext]:
    """The generator built, and a PostgreSQL of the tests' own."""
    context = observed.context()
    some = ENTRIES["web/one-query-20ms"]
    web.build(context, some.model_copy(update={"go": {}}), ())
    with web.backend(context, [some], None) as with_database:
        yield with_database


def served(how: str, name: str = "web/json", **arguments: int) -> Benchmark:
    """Return an entry whose one program is the answerer."""
    command = ("-m", "tests.measure.http.answerer", "{port}", *how.split())
    program = PythonImplementation(tier="pure", module="tests.answerer", arguments=command, packages=("pyperf",))
    entry = ENTRIES[name]
    return entry.model_copy(update={"python": {"answerer": program}, "input": entry.input | arguments})


def invoked(context: MeasureContext, how: str, name: str = "web/json", **arguments: int) -> Sample:
    return web.invoke(context, served(how, name, **arguments), PROGRAM, BRIEFLY)


def test_throughput_is_read_at_rest_and_at_saturation(equipped: MeasureContext) -> None:
    sample = invoked(equipped, "answers", connections=4)
    assert sample.failure is None
    assert [reading.mark for reading in sample.readings] == ["start", "saturation"]
    assert sample.values[0] == pytest.approx(sample.readings[1].metrics["rate"], rel=1e-5)


def test_loops_of_several_lengths_load_one_server_after_the_same_warm_up(
    equipped: MeasureContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    phases: list[tuple[object, object, float]] = []
    really = Generator.phase

    def phase(load: Generator, plan: Mapping[str, object], seconds: float) -> dict[str, Any]:
        phases.append((plan["target"], plan["warm_up"], seconds))
        return really(load, plan, seconds)

    monkeypatch.setattr(Generator, "phase", phase)
    rates = web.throughputs(equipped, served("answers", connections=4), PROGRAM, BRIEFLY, [0.3, 0.2])
    assert [seconds for _, _, seconds in phases] == [0.3, 0.2]
    assert len({(target, warm_up) for target, warm_up, _ in phases}) == 1
    assert min(rates) > 0


def test_a_loop_that_a_server_does_not_answer_is_refused(equipped: MeasureContext) -> None:
    with pytest.raises(LoadError, match="status 500"):
        web.throughputs(equipped, served("fails", connections=4), PROGRAM, BRIEFLY, [0.2])


def test_latency_is_read_at_shares_of_the_throughput_and_at_the_common_rate(equipped: MeasureContext) -> None:
    sample = invoked(equipped, "answers", "web/json-latency", connections=4, rate=100)
    assert sample.failure is None
    assert [reading.mark for reading in sample.readings] == ["start", "saturation", "25%", "50%", "75%", "90%", "95%", "rate"]
    assert sample.values[0] == pytest.approx(sample.readings[-1].metrics["p99"], rel=1e-5)


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("ends", "exit status 1; the server said: no configuration"),
        ("fails", "status 500"),
        ("errs", "Wolrd"),
        ("drops", "connection"),
        ("waits", f"{web.SLOWEST:.0f} s"),
    ],
)
def test_a_server_that_does_not_serve_is_refused_with_the_reason(equipped: MeasureContext, how: str, reason: str) -> None:
    failure = invoked(equipped, how).failure
    assert failure is not None
    assert reason in failure


def test_a_server_that_answers_without_the_database_is_found_out(equipped: MeasureContext) -> None:
    failure = invoked(equipped, "invents", "web/one-query", connections=4).failure
    assert failure is not None
    assert "world_reads, and 0 were seen" in failure


def test_a_gateway_that_answers_without_its_services_is_found_out(equipped: MeasureContext) -> None:
    entry = served("invents", "services/chain-gateway", connections=4).model_copy(update={"metric": "server_cpu"})
    failure = web.invoke(equipped, entry, PROGRAM, BRIEFLY).failure
    assert failure is not None
    assert "upstream_calls, and 0 were seen" in failure


def test_a_query_takes_as_much_longer_as_the_database_is_away(equipped: MeasureContext) -> None:
    with (
        distance.between(equipped, ENTRIES["web/one-query-20ms"]) as far,
        psycopg.connect(far.context.needed().url) as connection,
    ):
        began = time.perf_counter()
        connection.execute("SELECT 1")
        assert time.perf_counter() - began >= 0.020
        late = far.lateness()
        assert late.keys() == {"distance", "distance_late_p50", "distance_late_p99"}
        assert late["distance"] == 0.02


def test_a_database_next_door_has_nothing_in_between(equipped: MeasureContext) -> None:
    with distance.between(equipped, ENTRIES["web/one-query"]) as far:
        assert (far.context, far.lateness()) == (equipped, {})


def test_a_forwarder_that_ends_is_not_the_servers_failure(equipped: MeasureContext) -> None:
    with distance.between(equipped, ENTRIES["web/one-query-20ms"]) as far:
        assert far.forwarder is not None
        far.forwarder.kill()
        with pytest.raises(HarnessError, match="the forwarder to the database ended with exit status -9"):
            far.lateness()


def require_groups(name: str, **arguments: int) -> None:
    """Skip the test where no control group with the limits of an entry can be made."""
    if (wanted := limit(served("answers", name, **arguments))) and (reason := limits.missing(wanted)):
        pytest.skip(reason)


def test_a_server_with_a_quota_is_read_with_what_held_it_back(equipped: MeasureContext, monkeypatch: pytest.MonkeyPatch) -> None:
    require_groups("web/quota-half")
    usages = iter((Usage(10, 4, 1.0, 2, 0), Usage(110, 54, 3.0, 5, 0)))
    monkeypatch.setattr(Group, "usage", lambda _: next(usages))
    sample = invoked(equipped, "answers", "web/quota-half", connections=4)
    assert sample.failure is None
    start, saturation = (reading.metrics for reading in sample.readings)
    assert "throttled" not in start
    assert (saturation["throttled"], saturation["memory_reached"]) == (0.5, 3.0)
    assert saturation["throttled_seconds"] > 0


def test_a_server_whose_memory_is_not_enough_says_so(equipped: MeasureContext) -> None:
    require_groups("web/quota-half", memory=2)
    failure = invoked(equipped, "answers", "web/quota-half", connections=4, memory=2).failure
    assert failure is not None
    assert "its memory was not enough: 0.5 CPUs and 2 MiB of memory" in failure


def test_a_server_without_a_quota_is_not_held_back(equipped: MeasureContext) -> None:
    assert "throttled" not in invoked(equipped, "answers", connections=4).readings[1].metrics


def test_go_finds_the_number_of_its_threads_by_itself_under_a_quota(equipped: MeasureContext) -> None:
    one, limited = (
        serving.variables(equipped, ENTRIES[name], "go/gin", "127.0.0.1:1", 8000) for name in ("web/json", "web/quota-half")
    )
    assert one["GOMAXPROCS"] == "1"
    assert "GOMAXPROCS" not in limited


def test_an_invocation_leaves_no_process_behind(equipped: MeasureContext) -> None:
    invoked(equipped, "answers", connections=4)
    assert servers() == []


def servers() -> list[int]:
    """Return the servers that this process has started, or adopted as it does orphans, and that have not ended."""
    pids = []
    for one in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):  # it has ended meanwhile
            if "tests.measure.http.answerer" in one.cmdline():
                pids.append(one.pid)
    return pids


def test_the_processes_of_a_server_share_its_connections_to_the_database(equipped: MeasureContext) -> None:
    variables = serving.variables(equipped, served("answers", workers=4), PROGRAM, "127.0.0.1:1", 8000)
    assert variables["POOL"] == str(serving.POOL // 4)


@pytest.mark.parametrize(("name", "service"), [("services/chain-users", "users"), ("services/chain", None)])
def test_a_chain_is_told_which_part_of_it_is_to_run_alone(equipped: MeasureContext, name: str, service: str | None) -> None:
    assert serving.variables(equipped, served("answers", name), PROGRAM, "127.0.0.1:1", 8000).get("SERVICE") == service


def test_a_server_is_told_of_the_files_of_its_entry(equipped: MeasureContext) -> None:
    entry = served("answers").model_copy(update={"input": ENTRIES["web/json"].input | {"graph": "mlp.onnx"}, "paths": ("graph",)})
    variables = serving.variables(equipped, entry, PROGRAM, "127.0.0.1:1", 8000)
    assert variables["GRAPH"] == str(equipped.root / "build" / "inputs" / "mlp.onnx")
