"""Payments in order: NumPy, which sorts indices by number and then by amount, and takes each column in their order."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.workloads.data import files

TYPES = (np.int64, np.int64, np.str_, np.int64, np.float64)


def prepare(table: str) -> dict[str, dict[str, NDArray[Any]]]:
    with Path(files.path(table)).open(encoding="utf-8", newline="") as file:
        names, *rows = csv.reader(file)
    columns = zip(names, zip(*rows, strict=True), TYPES, strict=True)
    return {"table": {name: np.array(column).astype(kind) for name, column, kind in columns}}


def run(table: dict[str, NDArray[Any]]) -> list[int]:
    """Return the numbers of ten payments, evenly spaced, the largest amount first, then by number."""
    order = np.lexsort((table["id"], -table["amount"]))
    ordered = {name: column[order] for name, column in table.items()}
    numbers: list[int] = ordered["id"][:: len(order) // 10].tolist()
    return numbers
