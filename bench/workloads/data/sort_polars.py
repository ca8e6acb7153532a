"""Payments in order: Polars, which is written in Rust. All columns are brought into that order."""

from __future__ import annotations

import polars as pl

from bench.workloads.data import files


def prepare(table: str) -> dict[str, pl.DataFrame]:
    return {"table": pl.read_csv(files.path(table))}


def run(table: pl.DataFrame) -> list[int]:
    """Return the numbers of ten payments, evenly spaced, the largest amount first, then by number."""
    ordered = table.sort("amount", "id", descending=[True, False])
    return ordered["id"].gather_every(len(ordered) // 10).to_list()
