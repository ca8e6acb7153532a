"""A table of sales, read and added up by country by polars, which is written in Rust.

One thread works: the process has one CPU.
"""

from __future__ import annotations

import polars as pl

COLUMNS = {
    "order": pl.String,
    "date": pl.String,
    "country": pl.String,
    "product": pl.String,
    "quantity": pl.Int64,
    "cents": pl.Int64,
    "note": pl.String,
}


def run(document: bytes) -> list[str | int]:
    """Return each country, in alphabetical order, followed by the cents that were sold there."""
    sales = pl.read_csv(document, new_columns=list(COLUMNS), schema_overrides=list(COLUMNS.values()), empty_string_is_null=False)
    totals = sales.group_by("country").agg((pl.col("quantity") * pl.col("cents")).sum().alias("cents")).sort("country")
    return [cell for row in totals.iter_rows() for cell in row]
