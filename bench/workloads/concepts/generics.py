"""Numbers of all types compare with each other: 2 is in a list that has 2.0."""

from collections.abc import Sequence


def contains(values: Sequence[object], wanted: object) -> bool:
    return wanted in values
