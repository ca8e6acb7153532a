"""What a valid document of orders is, as types for msgspec: the rule of `orders`, checked while a document is decoded.

The Go twin is the package `orders`, whose structures have the same fields in the same order.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Text = Annotated[str, msgspec.Meta(min_length=1)]
PositiveInt = Annotated[int, msgspec.Meta(ge=1)]


class Address(msgspec.Struct):
    """Where the parcel goes."""

    street: Text
    city: Text
    postcode: Text


class Customer(msgspec.Struct):
    """Who ordered."""

    id: PositiveInt
    name: Text
    email: Text
    address: Address


class Item(msgspec.Struct):
    """One line of an order."""

    sku: Text
    name: Text
    quantity: PositiveInt
    cents: PositiveInt
    kilograms: Annotated[float, msgspec.Meta(gt=0)]


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
