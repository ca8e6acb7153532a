"""A key that is missing has no value: there is `None`, or an exception."""


def in_stock(counts: dict[str, int], item: str) -> int | None:
    return counts.get(item)
