"""A valid document of orders as types for msgspec, which checks the rule of `orders` while it decodes.

The Go twin is the package `orders`, whose structures have the same fields in the same order.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from bench.workloads.execution.orders import MOST_CENTS, MOST_ID, MOST_KILOGRAMS, MOST_QUANTITY

Text = Annotated[str, msgspec.Meta(min_length=1)]


class Address(msgspec.Struct):
    """Where the parcel goes."""

    street: Text
    city: Text
    postcode: Text


class Customer(msgspec.Struct):
    """Who ordered."""

    id: Annotated[int, msgspec.Meta(ge=1, le=MOST_ID)]
    name: Text
    email: Text
    address: Address


class Item(msgspec.Struct):
    """One line of an order."""

    sku: Text
    name: Text
    quantity: Annotated[int, msgspec.Meta(ge=1, le=MOST_QUANTITY)]
    cents: Annotated[int, msgspec.Meta(ge=1, le=MOST_CENTS)]
    kilograms: Annotated[float, msgspec.Meta(gt=0, lt=MOST_KILOGRAMS)]


class Order(msgspec.Struct, kw_only=True):
    """One order of a document; by keyword, as a field without a default follows one that has it."""

    id: Text
    created: Text
    status: Literal["pending", "paid", "shipped"]
    customer: Customer
    currency: Text
    note: str | None = None
    items: Annotated[list[Item], msgspec.Meta(min_length=1)]


class Document(msgspec.Struct):
    """What a client sends."""

    orders: list[Order]


decoder = msgspec.json.Decoder(Document)
encoder = msgspec.json.Encoder()
