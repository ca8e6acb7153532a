"""The `queue` instrument: one consumer of a message queue, a fresh process for each invocation; docs/decisions/queue.md has why.

The consumer runs on the program's CPU, the broker (`go_examples/internal/broker`) and PostgreSQL on the others. An invocation:

- `start`: messages are published and the consumer is started, until it has acknowledged the first of them.
- `fixed`, of entries with a `rate`: messages are published at it, until the last is acknowledged.
- `saturation`, of the others: there are more `messages` than the consumer can take meanwhile.

Then it is killed, and what it has written is compared with what it has acknowledged.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.catalog import Benchmark
from bench.measure.host import golang
from bench.measure.host.golang import ToolchainError
from bench.measure.http import postgres
from bench.measure.http.postgres import PostgresError
from bench.measure.instruments import commands
from bench.measure.instruments.base import HarnessError, InvocationRequest, MeasureContext, Sample, rounded
from bench.measure.instruments.weight import weight
from bench.measure.processes import process
from bench.measure.processes.tree import ProcessTree
from bench.measure.queue import broker, table
from bench.measure.queue.broker import Broker, Progress
from bench.measure.queue.consumer import Consumer, ConsumerError, consuming
from bench.records.run import Reading
from bench.workloads.checksum import checksum

CHECKED = 1000
"""Messages that a consumer has to take before it is measured; what it makes of them is the answer."""
PATIENCE = 30.0
"""Seconds within which it has to take what is published."""
SLICE = 0.25
"""Seconds between two looks at whether it has ended."""
WARM_UP = 0.5
"""Share of a phase's seconds that precede it as a warm-up."""
ALONE = 5
"""How many times as long as another a phase at a fixed rate is: there are few messages in a second of it."""
LEFT = 0.1
"""Share of the messages that have to be left when a phase at saturation ends: its last moments are to be like the others."""

Metrics = dict[str, float]


def build(context: MeasureContext, benchmark: Benchmark, layouts: Sequence[int]) -> list[Path]:
    """Build a benchmark's Go consumers and the broker; raises ToolchainError. They have the linker's own layout."""
    del layouts
    packages = [go.package for go in benchmark.go.values()]
    golang.build_all(
        context.root, [(package, None, commands.binary(context, package)) for package in (broker.PACKAGE, *packages)]
    )
    return [commands.binary(context, package) for package in packages]


def invoke(context: MeasureContext, benchmark: Benchmark, program: str, request: InvocationRequest) -> Sample:
    """Run one invocation of a consumer.

    Raises:
        HarnessError: the broker or the database has failed, and not the consumer.
    """
    readings: list[Reading] = []
    answers: list[int] = []
    tree = context.tree(benchmark)

    def work() -> tuple[str, str | None]:
        try:
            for mark, metrics in _marks(context, tree, benchmark, program, request):
                readings.append(Reading(count=None, mark=mark, metrics=metrics))
            first = table.written(context, CHECKED)
            answers.append(checksum([first.count, first.cents]))
        except (ConsumerError, ToolchainError) as error:
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
    return Sample(finished, (), rounded([value]), answers[0], None, tuple(readings))


def taken(running: Broker, consumer: Consumer, messages: int) -> Progress:
    """Wait until so many messages are acknowledged since the broker was started.

    Raises:
        ConsumerError: that takes too long, or the consumer has ended.
        HarnessError: the broker has ended, or does not answer.
    """
    limit = time.monotonic() + PATIENCE
    while (progress := running.consumed(messages, SLICE)).acknowledged < messages:
        consumer.require_alive()
        if time.monotonic() > limit:
            raise ConsumerError(
                f"the consumer had acknowledged {progress.acknowledged} of {messages} messages within {PATIENCE:g} s"
            )
    return progress


def _marks(
    context: MeasureContext, tree: ProcessTree, benchmark: Benchmark, program: str, request: InvocationRequest
) -> Iterator[tuple[str, Metrics]]:
    """Yield each mark of an invocation with its metrics."""
    messages = table.published(context, benchmark)
    rate, sent = float(benchmark.input.get("rate", 0)), int(benchmark.input.get("messages", CHECKED))
    needs = weight(context, benchmark, program)  # before there is a consumer, which would take messages meanwhile
    table.make(context)
    with broker.running(context, benchmark) as running:
        running.publish(sent)
        start = time.perf_counter()
        with consuming(context, tree, benchmark, program, running.url, request.seed) as consumer:
            taken(running, consumer, CHECKED)
            yield "start", {"seconds": time.perf_counter() - start, **needs}
            if rate:
                sent, _ = _at_rate(running, consumer, sent, rate, WARM_UP * request.phase)
                sent, metrics = _at_rate(running, consumer, sent, rate, ALONE * request.phase)
                floor = sent
                yield "fixed", metrics
            else:
                floor, metrics = _at_saturation(running, consumer, round(sent * (1 - LEFT)), request.phase)
                yield "saturation", metrics
        table.verify(context, messages, floor, sent)


def _at_rate(running: Broker, consumer: Consumer, before: int, rate: float, seconds: float) -> tuple[int, Metrics]:
    """Publish at a rate and wait for the last acknowledgement; return how many messages there are by now, and the metrics.

    Among these are `offered` and `rate`, in messages per second; `late_p99`, by how much later than planned they were published,
    and `behind`, from the last publication to its acknowledgement, in seconds.
    """
    spent = consumer.cpu_seconds
    count = round(rate * seconds)
    answer = running.publish(count, rate)
    last = time.perf_counter()
    taken(running, consumer, before + count)
    behind = time.perf_counter() - last
    seconds = answer["seconds"] + behind
    own = {"offered": rate, "rate": count / seconds, "late_p99": answer["late_p99"], "behind": behind}
    return before + count, own | _costs(consumer, consumer.cpu_seconds - spent, count, seconds)


def _at_saturation(running: Broker, consumer: Consumer, most: int, seconds: float) -> tuple[int, Metrics]:
    """Let it take up to `most` messages in all; return up to which number it has acknowledged them, and the metrics."""
    warm = running.consumed(most // 2, WARM_UP * seconds)
    spent = consumer.cpu_seconds
    progress = running.consumed(most, seconds)
    used = consumer.cpu_seconds - spent
    consumer.require_alive()
    count = progress.acknowledged - warm.acknowledged
    if count <= 0:
        raise ConsumerError(f"it had acknowledged {warm.acknowledged} messages before the measured phase, and none in it")
    return progress.floor, {"rate": count / progress.seconds, **_costs(consumer, used, count, progress.seconds)}


def _costs(consumer: Consumer, used: float, messages: int, seconds: float) -> Metrics:
    """Return what messages cost: `processor`, in CPU seconds for each, `busy`, in CPUs, and `proportional`, memory in bytes."""
    return {
        "messages": float(messages),
        "processor": used / messages,
        "busy": used / seconds,
        "proportional": consumer.proportional,
    }


def _require_database(context: MeasureContext) -> None:
    """Tell a database that has failed from a consumer that has: raises HarnessError with what ended and with which status."""
    if ended := context.reaper.ended():
        raise HarnessError("; ".join(ended))
    try:
        postgres.version(context.needed().url)
    except PostgresError as error:
        raise HarnessError(str(error)) from error
