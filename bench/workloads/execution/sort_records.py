"""Sales by customer, and the newest of a customer first. `sorted` compares in C; the key of each sale is made in bytecode.

The answer is the times of the sales at evenly spaced places.
"""

from __future__ import annotations

from bench.workloads.execution.sales import Sale, sales


def prepare(rows: bytes) -> dict[str, list[Sale]]:
    return {"rows": sales(rows)}


def run(rows: list[Sale]) -> list[int]:
    ordered = sorted(rows, key=lambda sale: (sale.customer, -sale.placed))
    return [sale.placed for sale in ordered[:: max(1, len(ordered) // 256)]]
