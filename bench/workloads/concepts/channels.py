"""A generator that has nothing more raises `StopIteration`: no number is made up."""

from collections.abc import Iterator


def produce(count: int) -> Iterator[int]:
    yield from range(1, count + 1)


def pair(numbers: Iterator[int]) -> tuple[int, int]:
    return next(numbers), next(numbers)
