"""What the services answer with."""

from __future__ import annotations

from pydantic import BaseModel


class User(BaseModel):
    """A user, and what they may spend."""

    id: int
    credit: int


class Orders(BaseModel):
    """The items that a user has ordered."""

    items: list[int]


class Prices(BaseModel):
    """The prices of items, in the order in which they were asked for."""

    prices: list[int]


class Summary(BaseModel):
    """What a user has ordered, and what that costs."""

    user: int
    credit: int
    items: list[int]
    total: int
