"""Orders: what they hold, what they cost, and what is refused."""

from __future__ import annotations

import json
from dataclasses import dataclass

MAX_ITEMS = 50
DISCOUNTS = ((50_000, 10), (10_000, 5))
"""From how many cents on, and how many percent are taken off; the largest first."""


class InvalidError(ValueError):
    """What was sent is not an order."""


@dataclass
class Item:
    """So many pieces of one article."""

    sku: str
    quantity: int
    cents: int


@dataclass
class Order:
    """What a customer ordered."""

    customer: str
    items: list[Item]
    note: str | None = None
    number: int = 0
    status: str = "new"


def parse(body: bytes) -> Order:
    """Return the order that a request holds; raises InvalidError."""
    try:
        data = json.loads(body)
        items = [Item(one["sku"], int(one["quantity"]), int(one["cents"])) for one in data["items"]]
        order = Order(customer=data["customer"], items=items, note=data.get("note"))
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidError(f"not an order: {error}") from error
    customer = order.customer.strip()
    order.customer = customer
    check(order)
    return order


def check(order: Order) -> None:
    """Raise InvalidError where an order cannot be accepted."""
    if not order.customer:
        raise InvalidError("no customer")
    if not 1 <= len(order.items) <= MAX_ITEMS:
        raise InvalidError("too few items, or too many")
    if any(not item.sku or item.quantity < 1 or item.cents < 0 for item in order.items):
        raise InvalidError("an item without a name, a quantity or a price")


def discount(cents: int) -> int:
    """Return how many cents are taken off."""
    for at_least, percent in DISCOUNTS:
        if cents >= at_least:
            return cents * percent // 100
    return 0


def total(order: Order) -> int:
    """Return what an order costs, in cents."""
    cents = 0
    for item in order.items:
        cents += item.quantity * item.cents
    off = discount(cents)
    return cents - off


def pieces(order: Order) -> int:
    """Return how many pieces are packed."""
    count = 0
    for item in order.items:
        count += item.quantity
    return count


def dearest(order: Order) -> Item | None:
    """Return the item with the highest price for a piece, the first of several; None where there is no item."""
    highest = None
    for item in order.items:
        if highest is None or item.cents > highest.cents:
            highest = item
    return highest


def insured(order: Order) -> str:
    """Return the article that the parcel is insured for; "nothing" where there is no item."""
    item = dearest(order)
    if item is None:
        return "nothing"
    return item.sku


def label(order: Order) -> str:
    """Return what is printed on the parcel: the customer, and the note where there is one."""
    if order.note is None:
        return order.customer
    return f"{order.customer} ({order.note.strip()})"


def pages(count: int, size: int) -> int:
    """Return how many pages of `size` orders there are."""
    return (count + size - 1) // size
