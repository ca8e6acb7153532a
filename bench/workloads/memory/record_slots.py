"""Records as objects of a dataclass with slots: an object has room for its attributes and for no others."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark

FIRST = 1_000_000


@dataclass(slots=True)
class Order:
    """One record."""

    id: int
    quantity: int
    price: float
    name: str


def order(number: int) -> Order:
    return Order(number, 1 + number % 100, number / 100, f"item-{number}")


def run(mark: Mark, count: int) -> int:
    """Return the sum of the quantities."""
    orders = [order(number) for number in range(FIRST, FIRST + count)]
    mark("held")
    return sum(order.quantity for order in orders)
