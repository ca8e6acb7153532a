"""A table of sales, as a shop exports it."""

from __future__ import annotations

import csv
import io
from random import Random

from bench.workloads.generators.draw import between, pick
from bench.workloads.generators.orders import NOTES, PRODUCTS

COUNTRIES = ("AT", "BE", "CH", "DE", "DK", "ES", "FR", "GB", "IE", "IT", "NL", "PL", "PT", "SE")


def sales(rows: int, seed: int) -> bytes:
    """Make a table of `rows` sales and a header by RFC 4180: what commas, quotes or line breaks are in is quoted."""
    random = Random(seed)
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(("order", "date", "country", "product", "quantity", "cents", "note"))
    table.writerows(
        (
            f"{random.getrandbits(32):08x}",
            f"2026-{between(random, 1, 12):02}-{between(random, 1, 28):02}",
            pick(random, COUNTRIES),
            pick(random, PRODUCTS),
            between(random, 1, 9),
            between(random, 99, 99_999),
            pick(random, NOTES),
        )
        for _ in range(rows)
    )
    return out.getvalue().encode()
