"""Whole numbers as a service holds them. The Go twin is the package `integers`."""

from __future__ import annotations

import struct


def integers(data: bytes) -> list[int]:
    """Decode whole numbers of 64 bits each, little-endian."""
    return list(struct.unpack(f"<{len(data) // 8}q", data))
