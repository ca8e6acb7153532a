"""A stream of messages, each after its length in four bytes, the highest first. The Go twin is the package `frames`."""

from __future__ import annotations


def split(stream: bytes) -> list[bytes]:
    """Return the messages of a stream; raises ValueError where it ends within one."""
    messages = []
    start = 0
    while start < len(stream):
        end = start + 4 + int.from_bytes(stream[start : start + 4])
        if end > len(stream):
            raise ValueError("the stream ends within a message")
        messages.append(stream[start + 4 : end])
        start = end
    return messages
