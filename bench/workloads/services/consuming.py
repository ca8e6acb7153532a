"""A consumer of a queue of orders, whatever writes them: fetches a batch, validates it, has it written, and acknowledges it.

An order that is not valid is terminated, as it would be no better the next time. Whatever ends the process between the writing
and the acknowledging has the batch delivered again: the writing has to ignore the messages that it has seen. The Go twin is the
package consuming.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import nats
from nats.aio.msg import Msg
from nats.js import JetStreamContext
from nats.js.api import Header
from pydantic import ValidationError

from bench.workloads.execution.validation import Order

STREAM, CONSUMER = "ORDERS", "writer"


@dataclass(frozen=True)
class Settings:
    """What a consumer is started with."""

    nats: str
    """URL."""
    database: str
    """URL."""
    connections: int
    """To the database, each with a worker of its own."""
    batch: int
    """The most messages of a batch."""
    linger: float
    """Seconds that a batch may wait until it is full."""


def settings() -> Settings:
    """Read the settings from the environment."""
    given = os.environ
    return Settings(
        given["NATS_URL"], given["DATABASE_URL"], int(given["CONNECTIONS"]), int(given["BATCH"]), float(given["LINGER"])
    )


class Row(NamedTuple):
    """What is written of an order."""

    message: int
    """The message's id."""
    order_id: str
    customer: int
    cents: int
    """Of all its items."""


Write = Callable[[Sequence[Row]], Awaitable[None]]
"""Writes the rows of a batch in one transaction, but for those whose message has been written before."""


async def consume(own: Settings, write: Write) -> None:
    """Consume without end, with as many workers as there are connections."""
    client = await nats.connect(own.nats)
    jetstream = client.jetstream()
    async with asyncio.TaskGroup() as workers:
        for _ in range(own.connections):
            queue = await jetstream.pull_subscribe_bind(durable=CONSUMER, stream=STREAM)
            workers.create_task(_work(queue, own, write))


async def _work(queue: JetStreamContext.PullSubscription, own: Settings, write: Write) -> None:
    while True:
        try:
            messages = await queue.fetch(own.batch, timeout=own.linger)
        except TimeoutError:
            continue
        valid: list[Msg] = []
        rows: list[Row] = []
        for message in messages:
            try:
                order = Order.model_validate_json(message.data)
            except ValidationError:
                await message.term()
            else:
                valid.append(message)
                rows.append(_row(message, order))
        if rows:
            await write(rows)
        for message in valid:
            await message.ack()


def _row(message: Msg, order: Order) -> Row:
    total = sum(item.quantity * item.cents for item in order.items)
    return Row(int((message.headers or {})[Header.MSG_ID]), order.id, order.customer.id, total)
