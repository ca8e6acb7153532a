"""Payments of one country above an amount, read with `csv`, whose parser is written in C; the loop is bytecode."""

from __future__ import annotations

import csv
from pathlib import Path

from bench.workloads.data import files


def prepare(table: str) -> dict[str, Path]:
    return {"table": Path(files.path(table))}


def run(table: Path) -> list[float]:
    """Return how many payments there are, and the sum of their amounts."""
    count, total = 0, 0.0
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for _, _, country, _, text in rows:
            if country == "DE" and (amount := float(text)) > 500:
                count += 1
                total += amount
    return [count, total]
