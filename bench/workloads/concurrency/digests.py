"""Large arguments of bytes, and the light work on each: its SHA-256, by OpenSSL, which does not hold the interpreter's lock."""

from __future__ import annotations

import hashlib


def texts(count: int, size: int) -> list[bytes]:
    """Return so many texts of `size` bytes: the first is all a, the second all b."""
    return [bytes([ord("a") + number]) * size for number in range(count)]


def digest(text: bytes | memoryview) -> str:
    return hashlib.sha256(text).hexdigest()
