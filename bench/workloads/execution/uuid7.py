"""UUIDs of version 7 as text (RFC 9562, section 5.7): Python puts them together.

They ascend within the process: the twelve bits after the milliseconds are a finer part of the clock, and one more than the last
time where the clock has not moved on (section 6.2, method 3). The rest is from the operating system's source of randomness.
"""

from __future__ import annotations

from os import urandom
from threading import Lock
from time import time_ns

from bench.workloads.execution import identifiers

MILLISECOND = 1_000_000
VERSION_7 = 0x7000 << 64
VARIANT = 1 << 63
RANDOM_BITS = VARIANT >> 1


class Generator:
    """Makes UUIDs, for all threads of a process."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.last = 0

    def new(self) -> str:
        milliseconds, rest = divmod(time_ns(), MILLISECOND)
        tick = milliseconds << 12 | rest >> 8
        with self.lock:
            if tick <= self.last:
                tick = self.last + 1
            self.last = tick
        random = int.from_bytes(urandom(8), "big") % RANDOM_BITS
        text = f"{tick >> 12 << 80 | VERSION_7 | (tick & 0xFFF) << 64 | VARIANT | random:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


GENERATOR = Generator()


def run(count: int) -> list[int]:
    return identifiers.facts([GENERATOR.new() for _ in range(count)])
