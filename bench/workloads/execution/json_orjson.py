"""A document of orders as a web service handles it: decode, validate, encode. The library orjson, written in Rust."""

from __future__ import annotations

import orjson

from bench.workloads.execution import orders


def run(document: bytes) -> bytes:
    decoded = orjson.loads(document)
    orders.check(decoded)
    return orjson.dumps(decoded)
