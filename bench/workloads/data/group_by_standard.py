"""Payments grouped by country: lists in a dictionary; means and quantiles by `statistics`."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable

from bench.workloads.data.payments_standard import Payment, payments


def prepare(table: str) -> dict[str, list[Payment]]:
    return {"table": list(payments(table))}


def run(table: Iterable[Payment]) -> list[str | float]:
    """Return each country in alphabetical order: quantities added up, the mean amount, its median and 95th percentile."""
    quantities: defaultdict[str, int] = defaultdict(int)
    amounts: defaultdict[str, list[float]] = defaultdict(list)
    for payment in table:
        quantities[payment.country] += payment.quantity
        amounts[payment.country].append(payment.amount)
    cells: list[str | float] = []
    for country in sorted(amounts):
        twentieths = statistics.quantiles(amounts[country], n=20, method="inclusive")
        cells += [country, quantities[country], statistics.fmean(amounts[country]), twentieths[9], twentieths[18]]
    return cells
