"""What a valid document of orders is. The Go twin is the package `orders`; both accept and refuse the same documents."""

from __future__ import annotations

from typing import Any

STATUSES = frozenset({"pending", "paid", "shipped"})
MOST_ID = 2**53 - 1
"""The largest whole number that every reader of JSON takes as it is (RFC 8259, section 6)."""
MOST_QUANTITY = 999
MOST_CENTS = 10_000_000
MOST_KILOGRAMS = 1000


class InvalidOrderError(ValueError):
    """A field is missing, of the wrong type or out of range."""


def check(document: dict[str, Any]) -> None:
    """Raise InvalidOrderError unless each field has its type and a value in its range."""
    try:
        orders = document["orders"]
        if type(orders) is not list:
            raise InvalidOrderError("orders: not a list")
        for order in orders:
            check_order(order)
    except (KeyError, TypeError, AttributeError) as error:
        raise InvalidOrderError(f"not an orders document: {error}") from error


def check_order(order: dict[str, Any]) -> None:
    check_text(order, ("id", "created", "currency"))
    if order["status"] not in STATUSES:
        raise InvalidOrderError("status: unknown")
    note = order.get("note")
    if note is not None and type(note) is not str:
        raise InvalidOrderError("note: not a text")
    customer = order["customer"]
    check_text(customer, ("name", "email"))
    if type(customer["id"]) is not int or not 1 <= customer["id"] <= MOST_ID:
        raise InvalidOrderError("customer.id: not a number in its range")
    check_text(customer["address"], ("street", "city", "postcode"))
    items = order["items"]
    if type(items) is not list or not items:
        raise InvalidOrderError("items: not a list with entries")
    for item in items:
        check_text(item, ("sku", "name"))
        if type(item["quantity"]) is not int or not 1 <= item["quantity"] <= MOST_QUANTITY:
            raise InvalidOrderError("quantity: not a number in its range")
        if type(item["cents"]) is not int or not 1 <= item["cents"] <= MOST_CENTS:
            raise InvalidOrderError("cents: not a number in its range")
        if type(item["kilograms"]) not in (float, int) or not 0 < item["kilograms"] < MOST_KILOGRAMS:
            raise InvalidOrderError("kilograms: not a number in its range")


def check_text(fields: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if type(fields[name]) is not str or not fields[name]:
            raise InvalidOrderError(f"{name}: not a text with characters")
