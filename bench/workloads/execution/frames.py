"""A stream of messages, each after its length in four bytes, the highest first. The Go twin is the package `frames`."""

from __future__ import annotations


def split(stream: bytes) -> list[bytes]:
    messages = []
    start = 0
    while start < len(stream):
        end = start + 4 + int.from_bytes(stream[start : start + 4])
        messages.append(stream[start + 4 : end])
        start = end
    return messages
