"""Payments in order: pandas, which sorts the columns that decide, and then brings all of them into that order."""

from __future__ import annotations

import pandas as pd

from bench.workloads.data import files


def prepare(table: str) -> dict[str, pd.DataFrame]:
    return {"table": pd.read_csv(files.path(table))}


def run(table: pd.DataFrame) -> list[int]:
    """Return the numbers of ten payments, evenly spaced, the largest amount first, then by number."""
    ordered = table.sort_values(["amount", "id"], ascending=[False, True])
    return [int(number) for number in ordered["id"].iloc[:: len(ordered) // 10]]
