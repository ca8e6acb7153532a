"""Records as dictionaries, one for each record, with texts as keys, as a JSON decoder or a database driver makes them."""

from __future__ import annotations

from typing import Any

TYPE_CHECKING = False
if TYPE_CHECKING:  # the import would count
    from bench.workloads.report import Mark

FIRST = 1_000_000


def order(number: int) -> dict[str, Any]:
    return {"id": number, "quantity": 1 + number % 100, "price": number / 100, "name": f"item-{number}"}


def run(mark: Mark, count: int) -> int:
    """Return the sum of the quantities."""
    orders = [order(number) for number in range(FIRST, FIRST + count)]
    mark("held")
    return sum(order["quantity"] for order in orders)
