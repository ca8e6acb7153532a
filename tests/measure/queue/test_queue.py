"""The `queue` instrument, with the catalog's consumers, and a broker and a database of the tests' own."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from bench.catalog import Benchmark
from bench.catalog.model import PythonImplementation
from bench.measure.http import postgres, web
from bench.measure.instruments import commands
from bench.measure.instruments.base import HarnessError, InvocationRequest, MeasureContext
from bench.measure.processes import procfs
from bench.measure.queue import broker, consumer, queue, table
from bench.measure.queue.broker import Broker, Progress
from bench.measure.queue.consumer import ConsumerError, consuming
from bench.workloads import inputs
from bench.workloads.checksum import checksum
from tests import observed
from tests.cataloged import CATALOG
from tests.kinds import first as first_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

BRIEFLY = InvocationRequest(None, 1, 0, 1, "test", phase=0.2)
MESSAGES = 1000
EARLY = 100
"""Messages that are taken before a consumer is killed."""
AGAIN = 0.5
"""Seconds after which a message that is not acknowledged is delivered again."""
LOCK = "LOCK TABLE bench_queue.taken IN EXCLUSIVE MODE"
WAITING = "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = 'bench_queue.taken'::regclass"


def checked(name: str) -> Benchmark:
    """Return an entry with the input of its check."""
    entry = CATALOG.benchmark(name)
    return entry.model_copy(update={"input": entry.check.input})


RATE, SATURATION = checked("services/queue-rate"), checked("services/queue-saturation")
PROGRAMS = [program for benchmark, program in observed.programs("queue") if benchmark.id == RATE.id]
EACH = pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.removesuffix(f"/{observed.HERE}"))
SOME = f"go/{RATE.headline.go}"


@pytest.fixture(scope="module")
def built() -> MeasureContext:
    """A context with the broker and Go's consumers built, and the messages made."""
    context = observed.context()
    queue.build(context, RATE, ())
    inputs.materialise(RATE.made, context.root / "build" / "inputs")
    return context


@pytest.fixture(scope="module")
def equipped(built: MeasureContext) -> Iterator[MeasureContext]:
    """The same with a database."""
    with web.backend(built, [RATE], None) as context:
        yield context


def await_true(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + queue.PATIENCE
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.01)


def waits(other: psycopg.Connection[Any]) -> bool:
    """Whether a consumer waits for the table's lock: in the middle of writing a batch."""
    return other.execute(WAITING).fetchone() == (True,)


@EACH
def test_a_consumer_that_is_killed_while_it_writes_loses_and_doubles_nothing(equipped: MeasureContext, program: str) -> None:
    table.make(equipped)
    with broker.running(equipped, RATE, AGAIN) as running, psycopg.connect(equipped.needed().url) as other:
        running.publish(EARLY)
        with consuming(equipped, equipped.tree(RATE), RATE, program, running.url, "first") as first:
            queue.taken(running, first, EARLY)
            other.execute(LOCK)
            running.publish(MESSAGES - EARLY)
            await_true(lambda: waits(other))
        # it is dead, but PostgreSQL does not know, and writes what it has received: a batch that nobody will acknowledge
        other.rollback()
        with consuming(equipped, equipped.tree(RATE), RATE, program, running.url, "second") as second:
            queue.taken(running, second, MESSAGES)
    assert table.written(equipped) == table.published(equipped, RATE).expected(MESSAGES)


@pytest.mark.parametrize("program", first_of(PROGRAMS), ids=lambda program: program.removesuffix(f"/{observed.HERE}"))
def test_a_message_that_is_delivered_twice_is_written_once(equipped: MeasureContext, program: str) -> None:
    table.make(equipped)
    batch = int(RATE.input["batch"])
    with broker.running(equipped, RATE, AGAIN) as running, psycopg.connect(equipped.needed().url) as other:
        other.execute(LOCK)
        running.publish(batch)
        with consuming(equipped, equipped.tree(RATE), RATE, program, running.url, "first") as first:
            await_true(lambda: waits(other))
            with consuming(equipped, equipped.tree(RATE), RATE, program, running.url, "second"):
                await_true(lambda: running.consumed(batch, 0.0).redelivered > 0)
                other.rollback()
                queue.taken(running, first, batch)
    assert table.written(equipped) == table.published(equipped, RATE).expected(batch)


@EACH
def test_a_consumer_gives_the_known_answer(equipped: MeasureContext, program: str) -> None:
    sample = queue.invoke(equipped, RATE, program, BRIEFLY)
    assert sample.failure is None
    assert sample.checksum == checksum(RATE.check.answer)


@pytest.mark.parametrize(("entry", "mark"), [(RATE, "fixed"), (SATURATION, "saturation")], ids=["rate", "saturation"])
@pytest.mark.parametrize("language", ["python", "go"])
def test_a_consumer_is_read_at_a_rate_or_at_saturation(
    equipped: MeasureContext, language: str, entry: Benchmark, mark: str
) -> None:
    program = f"python/{entry.headline.python}/{observed.HERE}" if language == "python" else f"go/{entry.headline.go}"
    sample = queue.invoke(equipped, entry, program, BRIEFLY)
    assert sample.failure is None
    assert [reading.mark for reading in sample.readings] == ["start", mark]
    assert sample.values[0] == pytest.approx(sample.readings[-1].metrics[str(entry.metric)], rel=1e-5)


def test_an_acknowledged_message_that_was_not_written_is_found_out(equipped: MeasureContext) -> None:
    table.make(equipped)
    with pytest.raises(ConsumerError, match=r"the first 16 messages, all acknowledged, make 8 rows .* and 0 of 0 were written"):
        table.verify(equipped, table.published(equipped, RATE), floor=16, sent=16)


def test_rows_that_no_message_makes_are_found_out(equipped: MeasureContext) -> None:
    table.make(equipped)
    rows = "SELECT n, 'x', 1, 1 FROM generate_series(17, 25) AS n"
    postgres.psql(equipped.needed().url, "-c", f"INSERT INTO bench_queue.taken {rows}")
    with pytest.raises(ConsumerError, match="16 messages make 8 rows, and 9 were written"):
        table.verify(equipped, table.published(equipped, RATE), floor=0, sent=16)


def test_messages_are_the_lines_over_and_over(equipped: MeasureContext) -> None:
    messages = table.published(equipped, RATE)
    assert [messages.expected(count).count for count in (0, 16, 32, 48)] == [0, 8, 16, 24]
    assert messages.expected(50).cents == 3 * messages.expected(16).cents + messages.expected(2).cents


def first(monkeypatch: pytest.MonkeyPatch, act: Callable[[Broker], object]) -> None:
    """Have something done before the harness first asks how far a consumer is."""
    really = Broker.consumed
    asked: list[int] = []

    def consumed(running: Broker, until: int, seconds: float) -> Progress:
        if not asked:
            act(running)
        asked.append(until)
        return really(running, until, seconds)

    monkeypatch.setattr(Broker, "consumed", consumed)


def test_a_broker_that_is_killed_is_not_the_consumers_failure(equipped: MeasureContext, monkeypatch: pytest.MonkeyPatch) -> None:
    first(monkeypatch, lambda running: running.process.kill())
    with pytest.raises(HarnessError, match="the broker ended with exit status -9"):
        queue.invoke(equipped, RATE, SOME, BRIEFLY)


def test_a_consumer_that_fails_for_want_of_the_broker_has_not_failed_itself(
    equipped: MeasureContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(running: Broker) -> None:
        running.process.kill()
        running.process.wait()
        raise ConsumerError("no connection")

    first(monkeypatch, killed)
    with pytest.raises(HarnessError, match="the broker ended with exit status -9"):
        queue.invoke(equipped, RATE, SOME, BRIEFLY)


def test_a_broker_that_hangs_is_not_the_consumers_failure(equipped: MeasureContext, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(running: Broker) -> None:
        monkeypatch.setattr(broker, "PATIENCE", 0.1)
        os.kill(running.process.pid, signal.SIGSTOP)

    first(monkeypatch, stopped)
    with pytest.raises(HarnessError, match="ended with exit status -9; it is killed when it takes more than"):
        queue.invoke(equipped, RATE, SOME, BRIEFLY)


def test_a_database_that_is_killed_is_not_the_consumers_failure(built: MeasureContext, monkeypatch: pytest.MonkeyPatch) -> None:
    before = set(built.reaper.leaders)
    with web.backend(built, [RATE], None) as context:
        (pid,) = context.reaper.leaders - before
        first(monkeypatch, lambda _: os.kill(pid, signal.SIGKILL))
        with pytest.raises(HarnessError, match=rf"postgres \({pid}\) has ended with exit status -9"):
            queue.invoke(context, RATE, SOME, BRIEFLY)


def test_another_port_is_tried_where_one_is_taken(equipped: MeasureContext, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ports = [taken.getsockname()[1], commands.free_port()]
        monkeypatch.setattr(commands, "free_port", lambda: ports.pop(0))
        with broker.running(equipped, RATE) as running:
            assert running.publish(1)["published"] == 1


def test_a_port_that_stays_taken_fails_the_invocation_alone(equipped: MeasureContext, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setattr(commands, "free_port", lambda: port)
        failure = queue.invoke(equipped, RATE, SOME, BRIEFLY).failure or ""
    assert failure.startswith("the broker does not start: ")
    assert f"127.0.0.1:{port}" in failure
    assert broker.TAKEN in failure


def test_a_consumer_that_ends_is_refused_with_what_it_said(equipped: MeasureContext) -> None:
    program = PythonImplementation(tier="pure", module="services.no_such_consumer", packages=("pyperf",))
    entry = RATE.model_copy(update={"python": {"other": program}})
    failure = queue.invoke(equipped, entry, f"python/other/{observed.HERE}", BRIEFLY).failure or ""
    assert failure.startswith("the consumer ended with exit status 1; the consumer said: ")
    assert "no_such_consumer" in failure


def test_a_consumer_that_takes_nothing_is_refused(equipped: MeasureContext, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "PATIENCE", 0.5)
    monkeypatch.setattr(consumer, "command", lambda *_: [sys.executable, "-c", "import time; time.sleep(600)"])
    failure = queue.invoke(equipped, RATE, SOME, BRIEFLY).failure
    assert failure == "the consumer had acknowledged 0 of 1000 messages within 0.5 s"


def test_an_invocation_leaves_no_process_behind(equipped: MeasureContext) -> None:
    before = living()
    queue.invoke(equipped, SATURATION, SOME, BRIEFLY)
    assert living() == before


def living() -> dict[int, str]:
    """Return the processes that this one has started, but for PostgreSQL's, which come and go: id -> name."""
    processes = procfs.processes()
    started = (processes[pid] for pid in procfs.descendants([os.getpid()], processes))
    return {one.pid: one.name for one in started if one.name != "postgres" and not one.ended}
