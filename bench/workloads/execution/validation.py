"""Request bodies, decoded and validated against a schema by Pydantic: its core, written in Rust, does both in one pass.

The rule for both languages: types are taken as they are (a text is no number), other keys are ignored, lengths are counted in
characters, and an e-mail address is what one regular expression says, as the two libraries' own rules for it differ.
"""

from __future__ import annotations

import io
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

Text = Annotated[str, Field(min_length=1, max_length=100)]
Email = Annotated[str, Field(max_length=254, pattern=r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")]


class Strict(BaseModel):
    """Refuses what would have to be converted, as Go's decoder does."""

    model_config = ConfigDict(strict=True)


class Address(Strict):
    """Where the parcel goes."""

    street: Text
    city: Text
    postcode: Annotated[str, Field(min_length=4, max_length=10)]


class Customer(Strict):
    """Who ordered."""

    id: Annotated[int, Field(ge=1, le=2**53 - 1)]
    name: Text
    email: Email
    address: Address


class Item(Strict):
    """One line of an Order."""

    sku: Annotated[str, Field(min_length=8, max_length=8)]
    name: Text
    quantity: Annotated[int, Field(ge=1, le=999)]
    cents: Annotated[int, Field(ge=1, le=10_000_000)]
    kilograms: Annotated[float, Field(gt=0, lt=1000)]


class Order(Strict):
    """What a client sends."""

    id: Annotated[str, Field(min_length=16, max_length=16)]
    created: AwareDatetime
    status: Literal["pending", "paid", "shipped"]
    customer: Customer
    currency: Literal["EUR", "GBP", "CHF"]
    note: Annotated[str, Field(max_length=200)] | None = None
    items: Annotated[list[Item], Field(min_length=1, max_length=50)]


def prepare(bodies: bytes) -> dict[str, list[bytes]]:
    return {"bodies": io.BytesIO(bodies).readlines()}


def run(bodies: list[bytes]) -> list[int]:
    """Return how many fields of each body offend, then the sum of the first price of each valid one."""
    offending = []
    total = 0
    for body in bodies:
        try:
            order = Order.model_validate_json(body)
        except ValidationError as error:
            offending.append(error.error_count())
        else:
            offending.append(0)
            total += order.items[0].cents
    return [*offending, total]
