"""The rows of a table that a page shows."""

from __future__ import annotations

import json
from random import Random

from bench.workloads.generators.draw import between, pick
from bench.workloads.generators.orders import STATUSES

CUSTOMERS = ("Ada Lovelace", "Björn Åkesson", "Smith & Sons", "D'Angelo Trading", "Chloé Lefèvre", "Esi Mensah", "Grace Hopper")
PRODUCTS = ("desk lamp", "notebook, ruled", 'monitor 27"', "USB-C cable, 2 m", "salt & pepper mill", "wool blanket", "tea pot")
NOTES = ("", "", "", "", "deliver < 18:00", 'the bell says "Hopper"', "weight > 10 kg", "leave with the neighbour")


def rows(count: int, seed: int) -> bytes:
    """Make `count` rows as JSON; in some texts there are characters that HTML escapes.

    There is no plus sign: html/template escapes it, MarkupSafe does not, and both are right.
    """
    random = Random(seed)
    return json.dumps(
        [
            {
                "number": 100_000 + number,
                "customer": pick(random, CUSTOMERS),
                "product": pick(random, PRODUCTS),
                "quantity": between(random, 1, 9),
                "total": f"{between(random, 1, 999)}.{between(random, 0, 99):02}",
                "status": pick(random, STATUSES),
                "note": pick(random, NOTES),
            }
            for number in range(count)
        ]
    ).encode()
