"""Tables of payments and of who pays, as an analyst is given them: CSV, and Parquet by Polars' writer."""

from __future__ import annotations

import io
from array import array
from random import Random
from typing import TYPE_CHECKING

from bench.workloads.generators.sales import COUNTRIES

if TYPE_CHECKING:
    import polars as pl

SEGMENTS = ("agency", "charity", "company", "family", "public", "school", "shop", "student")
ROW_GROUP = 250_000
"""Rows of a row group, so that a reader has parts to give to several threads."""


def payments(rows: int, customers: int, seed: int) -> pl.DataFrame:
    """Draw payments: a number, a customer out of as many, a country, a quantity, and an amount with two decimals, in no order."""
    import polars as pl  # noqa: PLC0415 - few of those who import the generators draw tables, and it takes long

    random = Random(seed)
    first, second = _words(random, rows), _words(random, rows)
    return pl.DataFrame({"first": first, "second": second}, schema={"first": pl.Int64, "second": pl.Int64}).select(
        id=pl.int_range(rows),
        customer=pl.col("first") % customers,
        country=pl.lit(pl.Series(COUNTRIES)).gather((pl.col("first") // 2**16) % len(COUNTRIES)),
        quantity=1 + pl.col("second") // 2**20 % 9,
        amount=(99 + pl.col("second") % 99_901) / 100,
    )


def customers(rows: int, seed: int) -> pl.DataFrame:
    """Draw who pays: a number and a segment."""
    import polars as pl  # noqa: PLC0415 - likewise

    words = pl.DataFrame({"word": _words(Random(seed), rows)}, schema={"word": pl.Int64})
    segment = pl.lit(pl.Series(SEGMENTS)).gather(pl.col("word") % len(SEGMENTS))
    return words.select(customer=pl.int_range(rows), segment=segment)


def as_csv(table: pl.DataFrame) -> bytes:
    """Write a table as CSV with a line of names. Nothing needs quotes; floats have two decimals."""
    return table.write_csv(float_precision=2).encode()


def as_parquet(table: pl.DataFrame) -> bytes:
    """Write a table as Parquet, with dictionaries and Snappy, which are what most files have."""
    out = io.BytesIO()
    table.write_parquet(out, compression="snappy", row_group_size=ROW_GROUP)
    return out.getvalue()


def _words(random: Random, count: int) -> array[int]:
    """Draw numbers of 32 bits, all at once: one draw for each would take seconds."""
    words = array("I")
    words.frombytes(random.getrandbits(32 * count).to_bytes(4 * count, "little"))
    return words
