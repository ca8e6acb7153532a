"""What happens to a chain when one of its services stalls: the load generator stops its process for as long as the entry says."""

from __future__ import annotations

from collections.abc import Mapping

from bench.measure.http.generator import Generator
from bench.measure.http.serving import LoadError, Server
from bench.measure.processes import procfs

KEY = "stall"
"""The key of an entry's input: for how many seconds the service stops."""
SERVICE = "prices"
"""The service that does; each process of a chain has its name in the variable SERVICE."""
BEFORE, AFTER = 2.0, 6.0
"""How many times as long as other phases the load goes on before the stall, and behind it."""
KEPT = ("requests", "sent", "failed", "before_p99", "disturbed", "lag_p99")


def stalled(load: Generator, server: Server, plan: Mapping[str, object], seconds: float, phase: float) -> dict[str, float]:
    """Load a chain at the plan's rate, while one of its services stops for some seconds.

    Returns:
        `failed`, requests that were not answered right, `before_p99`, the latency before in seconds, and `disturbed`, the seconds
        from the beginning of the stall until latency was back.

    Raises:
        LoadError: an answer was wrong, and not one that says that a service does not answer.
    """
    before = BEFORE * phase
    whole = before + seconds + AFTER * phase
    stop = {"pid": _pid(server), "at": before, "seconds": seconds}
    answer = load.phase({**plan, "seconds": whole, "stall": stop}, whole)
    if errors := answer["errors"]:
        raise LoadError(f"{errors} requests failed, and not for the stall; the first: {answer['first_error']}")
    return {name: float(answer[name]) for name in KEPT}


def _pid(server: Server) -> int:
    pids = procfs.carrying(f"SERVICE={SERVICE}") & {*procfs.members(server.pid)}
    if len(pids) != 1:
        raise LoadError(f"{len(pids)} processes of the chain have SERVICE={SERVICE}, and one should")
    return pids.pop()
