"""A document of orders, decoded to dictionaries and lists by the standard library's `json`, whose scanner is written in C."""

from __future__ import annotations

import json


def run(document: bytes) -> list[int]:
    """Return the number of orders, a number of the first and one of the last, which stand for the rest."""
    orders = json.loads(document)["orders"]
    return [len(orders), orders[0]["customer"]["id"], orders[-1]["items"][-1]["cents"]]
