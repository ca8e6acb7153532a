"""What is simulated of each server, and what is read off it: a fleet undisturbed, in a stall, in a deploy; and the check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import fmean
from typing import NamedTuple

from bench.analyse.simulation import Balancer, Deploy, Request, Scenario, Simulated, Stall
from bench.records.simulation import Check, Deployed, Fleet, Source, Stalled, Undisturbed

SEED = 20261130
INSTANCES = 100
LOAD = 0.5
"""Of its throughput that each instance is asked for."""
TARGET = 0.1
"""Seconds beyond which a request is late."""
STALL = 2.0
"""Seconds for which one instance stalls."""
BALANCERS: tuple[Balancer, ...] = ("random", "fewest")
TOGETHER = (1, 10)
"""Instances that a deploy replaces at a time."""
WORKERS = 2
"""Of the check: in Python each a process, with connections of its own; in Go threads of one process, which share a queue."""
DRAWN = 20_000
"""Requests that the mix is made of: enough for the rarest of it to have a hundred beyond its 99th percentile."""
MOST = 150_000
"""Requests of a scenario, where it may end at any time; a stall takes as many as come until it is over."""
FEW = 40_000
"""Requests of a check."""
SETTLED = 0.25
"""Seconds until queues are as long as they stay, which is many times what the slowest server takes."""
WINDOW = 0.1
"""Seconds for which a 99th percentile is taken, to see whether it is back."""
BACK = 2.0
"""Times the undisturbed fleet's, up to which it is."""

Run = Callable[[Scenario], Simulated]


class Part(NamedTuple):
    """Requests of one kind, as they were measured."""

    services: Sequence[float]
    """Seconds that they keep a worker."""
    elsewhere: float
    """Seconds that they take besides."""
    share: float = 1.0


class Subject(NamedTuple):
    """A server, as it is simulated."""

    program: str
    sources: tuple[Source, ...]
    requests: tuple[Request, ...]
    start: float = 0.0
    """Seconds that an instance takes to start."""
    rate: float = 0.0
    """Requests in a second at which two workers were measured, of the check."""

    @property
    def throughput(self) -> float:
        """Requests in a second of one worker."""
        return 1 / fmean(request.service for request in self.requests)


def mixed(parts: Iterable[Part], count: int = DRAWN) -> tuple[Request, ...]:
    """Return requests as a mix has them: of each part its share of the count, evenly spaced among its service times in order."""
    requests: list[Request] = []
    for part in parts:
        ordered, number = sorted(part.services), round(part.share * count)
        requests += [Request(ordered[int((place + 0.5) / number * len(ordered))], part.elsewhere) for place in range(number)]
    return tuple(requests)


def two_workers(subject: Subject) -> Scenario:
    """Return the check: two workers at a constant rate of requests, which are spread over processes by chance."""
    instances, workers = (1, WORKERS) if subject.program.startswith("go/") else (WORKERS, 1)
    return Scenario(instances, workers, subject.rate, subject.requests, FEW / subject.rate, arrivals="constant")


def undisturbed(subject: Subject) -> Scenario:
    """Return a fleet that nothing happens to."""
    return _fleet(subject, SETTLED + MOST / _rate(subject))


def stalled(subject: Subject, balancer: Balancer) -> Scenario:
    """Return a fleet of which one instance stalls, until it has worked off what came meanwhile, and a quarter of the stall more.

    A balancer that counts leaves it hardly anything to work off.
    """
    works_off = STALL * LOAD / (1 - LOAD) if balancer == "random" else 0.0
    return _fleet(subject, SETTLED + 1.25 * STALL + works_off, balancer, stall=Stall(SETTLED, STALL))


def deployed(subject: Subject, together: int) -> Scenario:
    """Return a fleet that is replaced, as far as there are requests for that; the rest of it goes on without any."""
    longest = SETTLED + 2 * INSTANCES / together * subject.start
    deploy = Deploy(SETTLED, subject.start, together)
    return _fleet(subject, min(longest, SETTLED + MOST / _rate(subject)), deploy=deploy)


def expected(scenario: Scenario) -> int:
    """Return how many requests a scenario has, nearly."""
    return round(scenario.rate * scenario.seconds)


def fleet_scenarios(subject: Subject) -> tuple[Scenario, ...]:
    """Return all that `fleet` runs."""
    stalls = (stalled(subject, balancer) for balancer in BALANCERS)
    return undisturbed(subject), *stalls, *(deployed(subject, together) for together in TOGETHER)


def check(subject: Subject, run: Run) -> Check:
    """Return the response times of two workers at the rate that they were measured at."""
    seen = run(two_workers(subject))
    return Check(
        program=subject.program,
        sources=subject.sources,
        requests=len(seen.times),
        p50=seen.percentile(0.5),
        p99=seen.percentile(0.99),
    )


def fleet(subject: Subject, run: Run) -> Fleet:
    """Return what becomes of a fleet at half of its throughput: undisturbed, with one instance stalled, while it is replaced."""
    calm = run(undisturbed(subject))
    p99 = calm.percentile(0.99, SETTLED)
    return Fleet(
        program=subject.program,
        sources=subject.sources,
        rate=_rate(subject),
        undisturbed=Undisturbed(requests=len(calm.times), p50=calm.percentile(0.5, SETTLED), p99=p99),
        stalled=tuple(_stalled(run(stalled(subject, balancer)), balancer, p99) for balancer in BALANCERS),
        deployed=tuple(_deployed(run, deployed(subject, together), together) for together in TOGETHER),
    )


def back(seen: Simulated, limit: float, after: float) -> float | None:
    """Return the seconds from `after` until the 99th percentile stays within a limit; None where it is beyond it at the end."""
    windows = int((seen.starts[-1] - after) / WINDOW)
    edges = [after + number * WINDOW for number in range(windows + 1)]
    beyond = [number for number in range(windows) if seen.late(limit, edges[number], edges[number + 1]) > 0.01]
    last = beyond[-1] + 1 if beyond else 0
    return round(last * WINDOW, 6) if last < windows else None


def _rate(subject: Subject) -> float:
    return INSTANCES * LOAD * subject.throughput


def _fleet(
    subject: Subject, seconds: float, balancer: Balancer = "random", *, stall: Stall | None = None, deploy: Deploy | None = None
) -> Scenario:
    return Scenario(INSTANCES, 1, _rate(subject), subject.requests, seconds, balancer=balancer, stall=stall, deploy=deploy)


def _stalled(seen: Simulated, balancer: Balancer, p99: float) -> Stalled:
    return Stalled(
        balancer=balancer,
        requests=len(seen.times),
        p99=seen.percentile(0.99, SETTLED, SETTLED + STALL),
        late=seen.late(TARGET, SETTLED, SETTLED + STALL),
        back=back(seen, BACK * p99, SETTLED),
    )


def _deployed(run: Run, scenario: Scenario, together: int) -> Deployed:
    """Read a deploy off; how long it takes, of the instances whose replacement began while requests came."""
    seen = run(scenario)
    began = (SETTLED, *seen.replaced[:-1])
    each = [end - start for start, end in zip(began, seen.replaced, strict=True) if start < scenario.seconds]
    return Deployed(
        together=together,
        requests=len(seen.times),
        p99=seen.percentile(0.99, SETTLED, seen.replaced[-1]),
        seconds=fmean(each) * len(seen.replaced),
    )
