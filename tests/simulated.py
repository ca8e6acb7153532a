"""A made-up record of a simulation: one check and one fleet."""

from __future__ import annotations

from bench.records.simulation import Check, Deployed, Fleet, SimulationRecord, Source, Stalled, Undisturbed

PROGRAM = "python/fastapi/cpython-3.14"
SOURCE = Source(benchmark="web/json-latency", run="2026-11-23-testhost-0123456", digest="a" * 64)


def check(program: str = PROGRAM, sources: tuple[Source, ...] = (SOURCE,), p50: float = 0.001, p99: float = 0.004) -> Check:
    """Return what was simulated of two workers."""
    return Check(program=program, sources=sources, requests=40_000, p50=p50, p99=p99)


def fleet(program: str = PROGRAM, sources: tuple[Source, ...] = (SOURCE,)) -> Fleet:
    """Return a fleet whose latency is back after a stall behind chance, and was not away behind a balancer that counts."""
    return Fleet(
        program=program,
        sources=sources,
        rate=25_000.0,
        undisturbed=Undisturbed(requests=150_000, p50=0.002, p99=0.006),
        stalled=(
            Stalled(balancer="random", requests=120_000, p99=1.5, late=0.0125, back=3.9),
            Stalled(balancer="fewest", requests=120_000, p99=0.007, late=0.0, back=0.0),
        ),
        deployed=(
            Deployed(together=1, requests=150_000, p99=0.0065, seconds=95.0),
            Deployed(together=10, requests=150_000, p99=0.009, seconds=9.5),
        ),
    )


def record(checks: tuple[Check, ...] = (check(),), fleets: tuple[Fleet, ...] = (fleet(),)) -> SimulationRecord:
    """Return a record of these."""
    return SimulationRecord(seed=1, instances=100, load=0.5, target=0.1, stall=2.0, checks=checks, fleets=fleets)
