"""Background work whose output may be lost: who has started it looks, and then leaves, whether or not it is done."""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import sha256

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bench.workloads.report import Mark

PAGE = bytes(4096)
Outputs = list[bytes | None]


def piece(outputs: Outputs, n: int) -> None:
    """Do one piece of work, and leave its output."""
    outputs[n] = sha256(PAGE).digest()


def repeat(mark: Mark, times: int, count: int, main: Callable[[Outputs], None]) -> int:
    """Run a program again and again; report the median of its seconds, and the share of all outputs that it left without."""
    lost, seconds = 0, []
    for _ in range(times):
        outputs: Outputs = [None] * count
        start = time.perf_counter()
        main(outputs)
        seconds.append(time.perf_counter() - start)
        lost += outputs.count(None)
    mark("done", seconds=sorted(seconds)[times // 2], lost=lost / (times * count))
    return count
