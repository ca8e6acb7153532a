"""`with` closes at the end of its block: one file is open at a time."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager


def read_all(names: Iterable[str], opened: Callable[[str], AbstractContextManager[str]]) -> list[str]:
    texts = []
    for name in names:
        with opened(name) as text:
            texts.append(text)
    return texts
