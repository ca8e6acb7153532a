"""A document of orders, decoded to objects of its own types by msgspec, which is written in C and validates on the way."""

from __future__ import annotations

from bench.workloads.execution.orders_structs import decoder


def run(document: bytes) -> list[int]:
    """Return the number of orders, and the sum of a number in the first and one in the last, which stand for the rest."""
    orders = decoder.decode(document).orders
    return [len(orders), orders[0].customer.id + orders[-1].items[-1].cents]
