"""A document of orders, encoded from objects of its own types by msgspec, which is written in C."""

from __future__ import annotations

from bench.workloads.execution.orders_structs import Document, decoder, encoder


def prepare(document: bytes) -> dict[str, Document]:
    return {"decoded": decoder.decode(document)}


def run(decoded: Document) -> bytes:
    return encoder.encode(decoded)
