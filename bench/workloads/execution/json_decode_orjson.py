"""A document of orders, decoded to dictionaries and lists by orjson, which is written in Rust."""

from __future__ import annotations

import orjson


def run(document: bytes) -> list[int]:
    """Return the number of orders, a number of the first and one of the last, which stand for the rest."""
    orders = orjson.loads(document)["orders"]
    return [len(orders), orders[0]["customer"]["id"], orders[-1]["items"][-1]["cents"]]
