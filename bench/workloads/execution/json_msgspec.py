"""A document of orders as a web service handles it: decoded to objects, validated on the way, encoded. msgspec, which is C."""

from __future__ import annotations

from bench.workloads.execution.orders_valid import decoder, encoder


def run(document: bytes) -> bytes:
    return encoder.encode(decoder.decode(document))
