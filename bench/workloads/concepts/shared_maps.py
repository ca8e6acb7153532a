"""An operation of a dict is whole, even without the interpreter's lock. To read and then to write is two, and takes a lock."""

import threading
from collections.abc import Callable


class Totals:
    """What was sold of each item, in cents, added up by threads."""

    def __init__(self) -> None:
        self.cents: dict[str, int] = {}
        self._adding = threading.Lock()

    def add(self, item: str, price: Callable[[], int]) -> None:
        cents = price()
        with self._adding:
            self.cents[item] = self.cents.get(item, 0) + cents
