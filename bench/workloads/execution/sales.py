"""Sales as a service holds them: an object for each. The Go twin is the package `sales`."""

from __future__ import annotations

from dataclasses import dataclass

from bench.workloads.execution.integers import parse
from bench.workloads.execution.lines import lines

MOST = 100_000_000
"""The most cents of a sale, either way: no sum of some hundred thousand of them comes near the end of 64 bits."""


@dataclass(slots=True)
class Sale:
    """What a customer bought."""

    customer: str
    placed: int
    """Seconds since 1970; no two sales have the same."""
    cents: int


def sales(rows: bytes) -> list[Sale]:
    """Decode a line for each sale, a tab between its fields.

    Raises:
        ValueError: a line has other fields, or more cents than MOST.
    """
    fields = (line.split("\t") for line in lines(rows))
    decoded = [Sale(customer, parse(placed), parse(cents)) for customer, placed, cents in fields]
    if any(abs(sale.cents) > MOST for sale in decoded):
        raise ValueError("a sale of too many cents")
    return decoded
