"""A generator is suspended at each `yield`, and is not resumed once the loop over it has ended."""

from collections.abc import Iterable, Iterator


def evens(numbers: Iterable[int]) -> Iterator[int]:
    for number in numbers:
        if number % 2 == 0:
            yield number
