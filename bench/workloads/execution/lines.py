"""Text as files have it: UTF-8, in lines. The Go twin is the package `lines`; both refuse the same files."""

from __future__ import annotations

import re

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""Control characters but the tab and the line feed, and the two separators that only some programs take for ends of lines."""


def text(data: bytes) -> str:
    """Decode a text.

    Raises:
        ValueError: it is not UTF-8, or has control characters other than tabs and line feeds.
    """
    decoded = data.decode()
    if control := CONTROL.search(decoded):
        raise ValueError(f"a control character: {control[0]!r}")
    return decoded


def lines(data: bytes) -> list[str]:
    """Decode the lines of a text, each without the line feed that ends it; raises ValueError as `text` does."""
    return text(data).removesuffix("\n").split("\n") if data else []
