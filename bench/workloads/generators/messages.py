"""Orders as Protocol Buffers messages, in the wire format written by hand: no library decides what the others have to read.

The fields are those of bench/workloads/execution/orders.proto.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bench.workloads.generators.orders import STATUSES, orders

VARINT, EIGHT_BYTES, LENGTH = 0, 1, 2
"""Wire types."""

CHECK = (
    {
        "id": "a1",
        "created": "1970-01-01T00:01:00Z",
        "status": "paid",
        "customer": {
            "id": 7,
            "name": "Zoë",
            "email": "zoe@example.org",
            "address": {"street": "1 Mill Lane", "city": "Cork", "postcode": "12345"},
        },
        "currency": "EUR",
        "note": None,
        "items": [{"sku": "F00D", "name": "tea pot", "quantity": 2, "cents": 99, "kilograms": 2.0}],
    },
    {
        "id": "b2",
        "created": "1970-01-01T00:02:00Z",
        "status": "shipped",
        "customer": {
            "id": 8,
            "name": "Ada",
            "email": "ada@example.org",
            "address": {"street": "2 Mill Lane", "city": "Cork", "postcode": "12345"},
        },
        "currency": "GBP",
        "note": "ring twice",
        "items": [
            {"sku": "BEEF", "name": "desk lamp", "quantity": 3, "cents": 50, "kilograms": 32.0},
            {"sku": "CAFE", "name": "café cups", "quantity": 1, "cents": 120, "kilograms": 2.0},
        ],
    },
)
"""Two orders whose encoded form is text, too, so that the catalog can hold it: no number takes a byte above 127."""


def messages(count: int, seed: int) -> bytes:
    """Make `count` orders, each after its length in four bytes, the highest first."""
    return framed(json.loads(orders(count, seed))["orders"])


def check_messages() -> bytes:
    return framed(CHECK)


def framed(documents: Iterable[dict[str, Any]]) -> bytes:
    encoded = map(order, documents)
    return b"".join(len(message).to_bytes(4, "big") + message for message in encoded)


def order(fields: dict[str, Any]) -> bytes:
    return b"".join(
        (
            text(1, fields["id"]),
            whole(2, int(datetime.fromisoformat(fields["created"]).timestamp())),
            whole(3, STATUSES.index(fields["status"]) + 1),
            part(4, customer(fields["customer"])),
            text(5, fields["currency"]),
            b"" if fields["note"] is None else text(6, fields["note"]),
            *(part(7, item(entry)) for entry in fields["items"]),
        )
    )


def customer(fields: dict[str, Any]) -> bytes:
    place = fields["address"]
    address = text(1, place["street"]) + text(2, place["city"]) + text(3, place["postcode"])
    return whole(1, fields["id"]) + text(2, fields["name"]) + text(3, fields["email"]) + part(4, address)


def item(fields: dict[str, Any]) -> bytes:
    number = varint(5 << 3 | EIGHT_BYTES) + struct.pack("<d", fields["kilograms"])
    return text(1, fields["sku"]) + text(2, fields["name"]) + whole(3, fields["quantity"]) + whole(4, fields["cents"]) + number


def text(field: int, value: str) -> bytes:
    return part(field, value.encode())


def part(field: int, content: bytes) -> bytes:
    return varint(field << 3 | LENGTH) + varint(len(content)) + content


def whole(field: int, value: int) -> bytes:
    return varint(field << 3 | VARINT) + varint(value)


def varint(value: int) -> bytes:
    """Write a whole number from 0 on, seven bits a byte, the lowest first."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
