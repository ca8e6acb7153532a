"""What consumers have written, and what they should have."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from bench.catalog import Benchmark
from bench.measure.http import postgres
from bench.measure.instruments.base import MeasureContext, path_variables
from bench.measure.queue.consumer import ConsumerError
from bench.workloads.execution.validation import Order

SCHEMA = Path("bench") / "workloads" / "services" / "schema.sql"
"""What makes the table."""
WRITTEN = "SELECT count(*), coalesce(sum(cents), 0) FROM bench_queue.taken"


@dataclass(frozen=True)
class Rows:
    """Some rows, whichever."""

    count: int
    cents: int
    """The sum of what their orders cost."""


@dataclass(frozen=True)
class Published:
    """What the messages are, which are a file's lines over and over, numbered from 1."""

    lines: tuple[Rows, ...]
    """The rows that the first lines make, from none of them to all."""

    def expected(self, messages: int) -> Rows:
        """Return the rows that the first messages make."""
        cycles, rest = divmod(messages, len(self.lines) - 1)
        whole, part = self.lines[-1], self.lines[rest]
        return Rows(cycles * whole.count + part.count, cycles * whole.cents + part.cents)


def make(context: MeasureContext) -> None:
    """Make the table anew, without rows; raises PostgresError."""
    postgres.psql(context.needed().url, "-f", str(context.root / SCHEMA))


def written(context: MeasureContext, messages: int | None = None) -> Rows:
    """Return the rows that were written of the first messages, or of all; raises PostgresError."""
    where = "" if messages is None else f" WHERE message <= {messages}"
    count, cents = postgres.psql(context.needed().url, "-c", WRITTEN + where).split("\t")
    return Rows(int(count), int(cents))


def published(context: MeasureContext, benchmark: Benchmark) -> Published:
    """Read what the messages of an entry are."""
    bodies = Path(path_variables(context, benchmark)["BODIES"]).read_bytes().splitlines()
    return Published(tuple(accumulate(bodies, _with, initial=Rows(0, 0))))


def _with(rows: Rows, body: bytes) -> Rows:
    """Return rows with the one that a message makes, if it is a valid order."""
    try:
        order = Order.model_validate_json(body)
    except ValueError:
        return rows
    return Rows(rows.count + 1, rows.cents + sum(item.quantity * item.cents for item in order.items))


def verify(context: MeasureContext, messages: Published, floor: int, sent: int) -> None:
    """Refuse a consumer that lost a message that it had acknowledged, or wrote what no message makes.

    Args:
        context: the run's.
        messages: what they are.
        floor: the number of the last message up to which all are acknowledged.
        sent: the number of the last that was published.

    Raises:
        ConsumerError: it did.
        PostgresError: the database fails.
    """
    acknowledged, everything = written(context, floor), written(context)
    if acknowledged != (wanted := messages.expected(floor)):
        raise ConsumerError(
            f"the first {floor} messages, all acknowledged, make {wanted.count} rows of {wanted.cents} cents in all, "
            f"and {acknowledged.count} of {acknowledged.cents} were written"
        )
    if everything.count > (most := messages.expected(sent).count):
        raise ConsumerError(f"{sent} messages make {most} rows, and {everything.count} were written")
