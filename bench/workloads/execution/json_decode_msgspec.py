"""A document of orders, decoded to objects of its own types by msgspec, which is written in C."""

from __future__ import annotations

from bench.workloads.execution.orders_structs import decoder


def run(document: bytes) -> list[int]:
    """Return the number of orders, a number of the first and one of the last, which stand for the rest."""
    orders = decoder.decode(document).orders
    return [len(orders), orders[0].customer.id, orders[-1].items[-1].cents]
