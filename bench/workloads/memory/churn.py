"""A cache of fixed capacity, whose values differ in size, is filled and then turned over again and again.

The class is bytecode around `OrderedDict`, which is C. The interpreter's allocator serves values of up to 512 bytes with their
header, and the C library's the longer ones.
"""

from __future__ import annotations

from collections import OrderedDict

from bench.workloads.memory.draws import following

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark

SOURCE = bytes(range(250)) * 8
SHORTEST = 50
"""Bytes of a value; the longest is as long as SOURCE."""
MODULUS = 1_000_000_007


class Cache:
    """Drops what was not asked for the longest."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.values: OrderedDict[int, bytes] = OrderedDict()
        self.misses = 0
        self.evicted = 0

    def get(self, key: int, size: int) -> bytes:
        """Return the value of a key; if it is missing, it is loaded with that size."""
        values = self.values
        if key in values:
            values.move_to_end(key)
            return values[key]
        self.misses += 1
        if len(values) == self.capacity:
            _, oldest = values.popitem(last=False)
            self.evicted = (31 * self.evicted + len(oldest)) % MODULUS
        value = values[key] = SOURCE[:size]
        return value


def run(mark: Mark, capacity: int, turns: int) -> int:
    """Return a number made of the sizes of all values that were evicted, and then of those that remain."""
    cache = Cache(capacity)
    state = 1
    for turn in range(turns + 1):
        while cache.misses < capacity * (turn + 1):
            state = following(state)
            key = (state >> 8) % (2 * capacity)
            state = following(state)
            cache.get(key, SHORTEST + (state >> 8) % (len(SOURCE) - SHORTEST + 1))
        if turn == 0:
            mark("filled")
        elif turn & (turn - 1) == 0:
            mark(f"turn{turn}")
    answer = cache.evicted
    for value in cache.values.values():
        answer = (31 * answer + len(value)) % MODULUS
    return answer
