"""Orders, decoded from Protocol Buffers and added up. The library's core, upb, is written in C.

It decodes a message into memory of its own and makes a Python object for a field when it is read. So what a service needs of
an order is read here too: quantity and price of each item.
"""

from __future__ import annotations

from bench.workloads.execution import frames
from bench.workloads.execution.orders_pb2 import Order


def prepare(stream: bytes) -> dict[str, list[bytes]]:
    return {"messages": frames.split(stream)}


def run(messages: list[bytes]) -> list[int]:
    """Return the number of orders, and the cents that all of them come to."""
    total = 0
    for message in messages:
        order = Order.FromString(message)
        for item in order.items:
            total += item.quantity * item.cents
    return [len(messages), total]
