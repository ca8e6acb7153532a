"""What is checked of UUIDs of version 7, whoever made them. The Go twin is go_examples/internal/identifiers; the rule is one."""

from __future__ import annotations

from itertools import islice
from operator import lt

LENGTH = 36
VERSION = 14
VARIANT = 19


def facts(texts: list[str]) -> list[int]:
    """Count the identifiers, those greater than the one before, those of version 7, and those of the RFC's variant.

    Where each is greater than the one before, no two are equal.
    """
    joined = "".join(texts)
    ascending = sum(map(lt, texts, islice(texts, 1, None)))
    variants = joined[VARIANT::LENGTH]
    return [
        len(joined) // LENGTH,
        ascending,
        joined[VERSION::LENGTH].count("7"),
        variants.count("8") + variants.count("9") + variants.count("a") + variants.count("b"),
    ]
