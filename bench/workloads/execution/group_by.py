"""Sales grouped by customer: how many, and their sum. The loop is bytecode; the dictionary that finds the group is C."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from bench.workloads.execution.sales import Sale, sales


@dataclass(slots=True)
class Total:
    """What one customer bought."""

    count: int = 0
    cents: int = 0


def prepare(rows: bytes) -> dict[str, list[Sale]]:
    return {"rows": sales(rows)}


def run(rows: list[Sale]) -> list[int]:
    """Return the number of customers, the sum of count times cents over them, and the most cents of one."""
    totals: defaultdict[str, Total] = defaultdict(Total)
    for sale in rows:
        total = totals[sale.customer]
        total.count += 1
        total.cents += sale.cents
    groups = totals.values()
    return [len(groups), sum(group.count * group.cents for group in groups), max(group.cents for group in groups)]
