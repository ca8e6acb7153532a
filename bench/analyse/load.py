"""Whether a load was as planned: the gates that a metric of a web server has to pass.

Sources: Schroeder et al., NSDI 2006 (open and closed loops); Little, Operations Research 9 (1961).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from bench.analyse.intervals import CONFIDENCE, full_range_confidence, median_interval
from bench.analyse.records import Flag, Interval
from bench.records.run import Invocation

ACHIEVED = 0.99
"""Share of the offered rate that an open loop has to achieve."""
GENERATOR = 0.80
"""CPUs above which the load generator counts as the limit of a closed loop. In an open loop, which wakes up for each request, the
lag says directly whether requests are sent too late."""
LAG = 0.25
"""Share of the 99th percentile by which requests may be late when sent..."""
DISTANT = 1.0
"""Share of the distance to the database by which one in a hundred pieces may arrive later than that, where latency counts."""
SHORT_LAG = 0.5e-3
"""...or this many seconds, if that is more."""
FIXED = "fixed"
"""The mark of a phase that is about processor time alone: a late request costs no less."""
LITTLE = 0.05
"""Relative difference allowed between rate times mean latency and the connections of a closed loop. What the ends of a phase cut
off comes on top, up to a mean latency for each connection: a request under way at the start counts with all of its time, one at
the end with none."""
FULL = 0.95
"""Share of the machine's CPUs from which server and generator have used it up: what they reach together is the machine's."""
SMALL = 0.05
"""CPUs of the load generator up to which a server that fills the machine has it for itself."""
ONE = 1.02
"""CPUs that a server on one does not use, with the clocks' difference."""
FULL_MACHINE = "full-machine"
FAILING = 0.2
"""Share of the invocations that may fail a gate."""


def gates(metrics: Mapping[str, float], *, timed: bool = True) -> Iterator[str]:
    """Yield the gates that the metrics of one phase fail, each as a reason with its number; `timed` where latency counts."""
    rate, offered = metrics["rate"], metrics.get("offered")
    if offered and rate < ACHIEVED * offered:
        yield f"it achieved {rate / offered:.1%} of the offered rate"
    if offered is None and metrics["generator_cpu"] > GENERATOR:
        yield f"the load generator used {metrics['generator_cpu']:.0%} of a CPU"
    lag = metrics.get("lag_p99", 0.0)
    if timed and lag > max(SHORT_LAG, LAG * metrics["p99"]):
        yield f"requests were sent {lag * 1e3:.2g} ms too late"
    away = metrics.get("distance", 0.0)
    if timed and offered and away and metrics["distance_late_p99"] > DISTANT * away:
        yield f"the way to the database took {metrics['distance_late_p99'] * 1e3:.2g} ms longer than {away * 1e3:g}"
    busy = rate * metrics["mean"]
    if offered is None and abs(busy / metrics["connections"] - 1) > LITTLE + metrics["mean"] / metrics["seconds"]:
        yield f"rate times latency gives {busy:.3g} busy connections of {metrics['connections']:.0f}"
    steps = [metrics[name] for name in ("p50", "p90", "p99", "p999", "max")]
    if steps != sorted(steps):
        yield "its percentiles are not in order"
    if metrics["opened"] > metrics["connections"]:
        yield f"it opened {metrics['opened']:.0f} connections in place of {metrics['connections']:.0f}"


def load_flags(program: str, invocations: Sequence[Invocation], cpus: float, mark: str | None = None) -> tuple[Flag, ...]:
    """Return the flags of a program's load at a mark, or at the one that its values come from, on a machine of so many CPUs.

    They are for gates that it failed too often, and for a closed loop in which server and generator filled the machine. Nothing
    for a program that is not a web server.
    """
    phases = [phase for invocation in invocations if (phase := _phase(invocation, mark))]
    full = [used for phase in phases if "offered" not in phase and (used := _cpus_shared(phase)) > FULL * cpus]
    if len(full) > FAILING * len(phases):
        message = (
            f"{program} and the load generator used {median(full):.2f} of the machine's {cpus:g} CPUs in {len(full)} of "
            f"{len(phases)} invocations: that is as much as there is, and what each request costs is measured at a fixed rate."
        )
        return (Flag(kind=FULL_MACHINE, blocker=True, message=message),)
    timed = not any(reading.mark == FIXED for invocation in invocations for reading in invocation.readings)
    failures = [reasons for phase in phases if (reasons := list(gates(phase, timed=timed)))]
    if len(failures) <= FAILING * len(phases):
        return ()
    message = (
        f"The load on {program} was not what it should be in {len(failures)} of {len(phases)} invocations: {failures[0][0]}."
    )
    return (Flag(kind="load", blocker=True, message=message),)


def _cpus_shared(phase: Mapping[str, float]) -> float:
    """Return the CPUs that server and load generator used together; 0 where they did not contend for any.

    So it is where the server stayed on one, which is its own, and where the generator took next to none.
    """
    server = phase["rate"] * phase["server_cpu"] / 1000
    return server + phase["generator_cpu"] if server > ONE and phase["generator_cpu"] > SMALL else 0.0


def ceiling(invocations: Sequence[Invocation], mark: str) -> tuple[float, Interval] | None:
    """Return the rate at which the load generator would use a whole CPU, with its interval: from its use at a mark.

    It is the median of the invocations' rates over the CPUs that the generator used. None where there is no reading.
    """
    phases = [phase for invocation in invocations if (phase := _phase(invocation, mark))]
    rates = [phase["rate"] / phase["generator_cpu"] for phase in phases if phase["generator_cpu"] > 0]
    if not rates:
        return None
    return median(rates), median_interval(rates, min(CONFIDENCE, full_range_confidence(len(rates))))


def _phase(invocation: Invocation, mark: str | None) -> Mapping[str, float] | None:
    phases = {reading.mark: reading.metrics for reading in invocation.readings if "generator_cpu" in reading.metrics}
    if not phases:
        return None
    return phases.get(mark) if mark else list(phases.values())[-1]
