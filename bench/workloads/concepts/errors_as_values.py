"""What cannot be read raises, and the sum is not made."""

from collections.abc import Iterable


def total(texts: Iterable[str]) -> int:
    return sum(int(text) for text in texts)
