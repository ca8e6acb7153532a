"""What speaks against a single invocation, as soon as it is made, for the log of a run; the analysis judges all of them."""

from __future__ import annotations

from collections.abc import Iterator

from bench.analyse.load import FIXED, gates
from bench.analyse.pairs import FOREIGN_LIMIT, STEAL_LIMIT
from bench.records.run import Invocation


def objections(invocation: Invocation) -> Iterator[str]:
    """Yield why an invocation may not count: what the hypervisor or other processes took, and the gates that a load failed."""
    if invocation.steal > STEAL_LIMIT:
        yield f"the hypervisor took {invocation.steal:.1%} of its time"
    if (invocation.foreign or 0.0) > FOREIGN_LIMIT:
        yield f"other processes used {invocation.foreign:.1%} of its CPUs"
    if invocation.throttled:
        yield "it was throttled"
    if invocation.swapped:
        yield "the machine swapped"
    for reading in invocation.readings:
        if "generator_cpu" in reading.metrics:
            yield from (f"at {reading.mark}: {reason}" for reason in gates(reading.metrics, timed=reading.mark != FIXED))
