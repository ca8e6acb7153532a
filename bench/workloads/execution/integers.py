"""Whole numbers as a service holds them, of 64 bits each. The Go twin is the package `integers`."""

from __future__ import annotations

import re
import struct

DECIMAL = re.compile(r"[+-]?[0-9]+")


def integers(data: bytes) -> list[int]:
    """Decode whole numbers, little-endian; raises struct.error where a part of one is left over."""
    return list(struct.unpack(f"<{len(data) // 8}q", data))


def parse(text: str) -> int:
    """Read a whole number in decimal.

    Raises:
        ValueError: it has more than 64 bits, or is anything else, such as the `1_000` that `int` would take.
    """
    if not DECIMAL.fullmatch(text) or not -(2**63) <= (number := int(text)) < 2**63:
        raise ValueError(f"not a whole number of 64 bits: {text!r}")
    return number
