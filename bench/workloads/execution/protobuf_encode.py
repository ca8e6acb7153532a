"""Orders, encoded as Protocol Buffers from messages that are filled already. The library's core, upb, is written in C."""

from __future__ import annotations

from bench.workloads.execution import frames
from bench.workloads.execution.orders_pb2 import Order


def prepare(stream: bytes) -> dict[str, list[Order]]:
    return {"orders": [Order.FromString(message) for message in frames.split(stream)]}


def run(orders: list[Order]) -> list[bytes]:
    return [order.SerializeToString() for order in orders]
