"""Many orders are held at once, then dropped but for a few, and light traffic goes on: what stays with the process.

The interpreter's own allocator serves the orders, their texts and numbers; reference counts free them.
"""

from __future__ import annotations

import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark


class Order:
    """What a service knows of an order while it handles it."""

    __slots__ = ("cents", "customer", "number")

    def __init__(self, number: int) -> None:
        self.number = number
        self.customer = f"customer number {number}"
        self.cents = 1000 + number


def run(mark: Mark, orders: int, keep: int, requests: int, size: int) -> int:
    """Return the cents of all orders, of those of the burst that stay, and of those of the requests that follow."""
    mark("before")
    held = [Order(number) for number in range(orders)]
    mark("burst")
    total = sum(order.cents for order in held)
    kept = held[:: orders // keep] if keep else []
    del held
    mark("after")
    for _ in range(requests):
        total += sum(order.cents for order in [Order(number) for number in range(size)])
        time.sleep(0.001)
    mark("later")
    return total + sum(order.cents for order in kept)
