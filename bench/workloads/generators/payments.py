"""Tables of payments and of who pays, as an analyst is given them: CSV, and Parquet by Polars' writer."""

from __future__ import annotations

import io
from array import array
from random import Random

from bench.workloads.generators.sales import COUNTRIES

SEGMENTS = ("agency", "charity", "company", "family", "public", "school", "shop", "student")
ROW_GROUP = 250_000
"""Rows of a row group, so that a reader has parts to give to several threads."""

Column = list[int] | list[float] | list[str]


def payments(rows: int, customers: int, seed: int) -> dict[str, Column]:
    """Draw payments: a number, a customer out of as many, a country, a quantity, and an amount with two decimals, in no order."""
    random = Random(seed)
    first, second = _words(random, rows), _words(random, rows)
    return {
        "id": list(range(rows)),
        "customer": [word % customers for word in first],
        "country": [COUNTRIES[(word >> 16) % len(COUNTRIES)] for word in first],
        "quantity": [1 + (word >> 20) % 9 for word in second],
        "amount": [(99 + word % 99_901) / 100 for word in second],
    }


def customers(rows: int, seed: int) -> dict[str, Column]:
    """Draw who pays: a number and a segment."""
    random = Random(seed)
    return {"customer": list(range(rows)), "segment": [SEGMENTS[word % len(SEGMENTS)] for word in _words(random, rows)]}


def as_csv(table: dict[str, Column]) -> bytes:
    """Write a table as CSV with a line of names. Nothing needs quotes; floats have two decimals."""
    texts = [[f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in column] for column in table.values()]
    return "".join(f"{','.join(line)}\n" for line in [tuple(table), *zip(*texts, strict=True)]).encode()


def as_parquet(table: dict[str, Column]) -> bytes:
    """Write a table as Parquet, with dictionaries and Snappy, which are what most files have."""
    import polars as pl  # noqa: PLC0415 - few of those who import the generators write Parquet, and it takes long

    out = io.BytesIO()
    pl.DataFrame(table).write_parquet(out, compression="snappy", row_group_size=ROW_GROUP)
    return out.getvalue()


def _words(random: Random, count: int) -> array[int]:
    """Draw numbers of 32 bits, all at once: one draw for each would take seconds."""
    words = array("I")
    words.frombytes(random.getrandbits(32 * count).to_bytes(4 * count, "little"))
    return words
