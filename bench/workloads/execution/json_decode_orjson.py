"""A document of orders, decoded to dictionaries and lists by orjson, which is written in Rust."""

from __future__ import annotations

import orjson


def run(document: bytes) -> list[int]:
    """Return the number of orders, and the sum of a number in the first and one in the last, which stand for the rest."""
    orders = orjson.loads(document)["orders"]
    return [len(orders), orders[0]["customer"]["id"] + orders[-1]["items"][-1]["cents"]]
