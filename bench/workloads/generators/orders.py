"""A document of orders, as a shop's clients send it."""

from __future__ import annotations

import json
from random import Random

from bench.workloads.generators.draw import between, pick

PEOPLE = ("Ada Lovelace", "Björn Åkesson", "Chloé Lefèvre", "Dmitri Ivanov", "Esi Mensah", "Françoise Noël", "Grace Hopper")
STREETS = ("Rue de l'Église", "High Street", "Königsallee", "Calle Mayor", "Station Road", "Lindenstraße", "Mill Lane")
CITIES = ("Genève", "Leeds", "Düsseldorf", "Málaga", "Utrecht", "Zürich", "Cork")
PRODUCTS = ("desk lamp", "notebook, ruled", "café cups (set of 4)", "USB-C cable, 2 m", 'monitor 27"', "wool blanket", "tea pot")
STATUSES = ("pending", "paid", "shipped")
CURRENCIES = ("EUR", "GBP", "CHF")
NOTES = (None, None, "leave with the neighbour", "ring twice\nsecond floor")


def orders(count: int, seed: int) -> bytes:
    """Make a JSON document of `count` orders as Python clients send it: a space after each separator, ASCII only.

    Every weight has two decimals and does not end in 0, so that each encoder writes it the same way.
    """
    random = Random(seed)
    document = [
        {
            "id": f"{random.getrandbits(64):016x}",
            "created": f"2026-{between(random, 1, 12):02}-{between(random, 1, 28):02}T{between(random, 0, 23):02}:15:00Z",
            "status": pick(random, STATUSES),
            "customer": {
                "id": between(random, 1, 999_999),
                "name": pick(random, PEOPLE),
                "email": f"customer{between(random, 1, 9999)}@example.org",
                "address": {
                    "street": f"{between(random, 1, 200)} {pick(random, STREETS)}",
                    "city": pick(random, CITIES),
                    "postcode": f"{between(random, 10_000, 99_999)}",
                },
            },
            "currency": pick(random, CURRENCIES),
            "note": pick(random, NOTES),
            "items": [
                {
                    "sku": f"{random.getrandbits(32):08X}",
                    "name": pick(random, PRODUCTS),
                    "quantity": between(random, 1, 9),
                    "cents": between(random, 99, 99_999),
                    "kilograms": (between(random, 0, 199) * 10 + between(random, 1, 9)) / 100,
                }
                for _ in range(between(random, 1, 6))
            ],
        }
        for _ in range(count)
    ]
    return json.dumps({"orders": document}).encode()
