"""Sales as a service holds them: an object for each. The Go twin is the package `sales`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Sale:
    """What a customer bought."""

    customer: str
    placed: int
    """Seconds since 1970; no two sales have the same."""
    cents: int


def sales(rows: bytes) -> list[Sale]:
    """Decode a line for each sale, a tab between its fields."""
    fields = (line.split("\t") for line in rows.decode().splitlines())
    return [Sale(customer, int(placed), int(cents)) for customer, placed, cents in fields]
