"""A table of sales, read with `csv`, whose parser is written in C, and added up by country."""

from __future__ import annotations

import csv
import io
from collections import defaultdict


def run(document: bytes) -> list[str | int]:
    """Return each country, in alphabetical order, followed by the cents that were sold there."""
    totals: defaultdict[str, int] = defaultdict(int)
    rows = csv.reader(io.StringIO(document.decode(), newline=""))
    next(rows)
    for _, _, country, _, quantity, cents, _ in rows:
        totals[country] += int(quantity) * int(cents)
    return [cell for country in sorted(totals) for cell in (country, totals[country])]
