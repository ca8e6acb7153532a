"""A counter that several threads or tasks add to, and the lock that guards it."""

from __future__ import annotations

from typing import Generic, TypeVar

Lock = TypeVar("Lock")


class Counter(Generic[Lock]):
    """A number and its lock, of the kind that suits those who share it."""

    def __init__(self, lock: Lock) -> None:
        self.lock = lock
        self.value = 0
