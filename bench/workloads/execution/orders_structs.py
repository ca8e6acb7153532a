"""A document of orders as types for msgspec, which say what a field holds but not in which range.

The Go twin is the package `orders`, whose structures have the same fields in the same order.
"""

from __future__ import annotations

import msgspec


class Address(msgspec.Struct):
    """Where the parcel goes."""

    street: str
    city: str
    postcode: str


class Customer(msgspec.Struct):
    """Who ordered."""

    id: int
    name: str
    email: str
    address: Address


class Item(msgspec.Struct):
    """One line of an order."""

    sku: str
    name: str
    quantity: int
    cents: int
    kilograms: float


class Order(msgspec.Struct, kw_only=True):
    """One order of a document; by keyword, as a field without a default follows one that has it."""

    id: str
    created: str
    status: str
    customer: Customer
    currency: str
    note: str | None = None
    items: list[Item]


class Document(msgspec.Struct):
    """What a client sends."""

    orders: list[Order]


decoder = msgspec.json.Decoder(Document)
encoder = msgspec.json.Encoder()
