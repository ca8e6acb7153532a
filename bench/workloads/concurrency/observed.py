"""Repeats an operation in this process, and says what it takes: the time that passes, and the processor's.

The processor's time is that of the whole process, in the kernel as well, and of all its threads.
"""

from __future__ import annotations

import time
from statistics import median

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.workloads.report import Mark

WARMUPS = 3
"""Repetitions before those that count."""


def waits(mark: Mark, once: Callable[[], int], floor: float, rounds: int) -> int:
    """Repeat an operation that waits for at least `floor` seconds; return the sum of its answers.

    What exceeds the floor is what the program itself adds to the wait.
    """
    seconds, processor, answer = repeated(once, rounds)
    mark("done", excess=seconds - floor, seconds=seconds, processor=processor)
    return answer


def serves(mark: Mark, once: Callable[[], int], rounds: int) -> int:
    """Repeat an operation that answers messages; return how many in all. What is marked is of one message."""
    seconds, processor, answer = repeated(once, rounds)
    messages = answer / rounds
    mark("done", processor=processor / messages, seconds=seconds / messages)
    return answer


def repeated(once: Callable[[], int], rounds: int) -> tuple[float, float, int]:
    """Return the medians of the seconds and of the processor's seconds, and the sum of the answers."""
    for _ in range(WARMUPS):
        once()
    seconds, processor, answer = [], [], 0
    for _ in range(rounds):
        used, start = time.process_time(), time.perf_counter()
        answer += once()
        seconds.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    return median(seconds), median(processor), answer
