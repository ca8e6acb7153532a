"""What one machine cannot show, event by event: many instances, one of them stalled, a deploy under load.

A balancer gives each request to an instance. There it waits for a worker, keeps that for a time drawn from those measured, and
then waits for the database without it. The same seed gives the same requests.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, NamedTuple

import simpy

Balancer = Literal["random", "fewest"]
"""Who gets a request: any instance, or one of those with the fewest requests under way."""
Arrivals = Literal["independent", "constant"]
"""How requests come: as Poisson has them, or at a constant rate, as an open loop sends them."""


@dataclass(frozen=True)
class Stall:
    """The first instance stops working, and is asked on all the same."""

    at: float
    seconds: float


@dataclass(frozen=True)
class Deploy:
    """All instances are replaced, some at a time: each gets no more requests, ends those it has, and starts anew."""

    at: float
    start: float
    """Seconds that an instance takes to start."""
    together: int = 1
    """Instances that are replaced at a time."""


class Request(NamedTuple):
    """What one request takes of an instance; seconds."""

    service: float
    """That it keeps a worker."""
    elsewhere: float = 0.0
    """That it then takes without a worker: for the database, or on its way."""


@dataclass(frozen=True)
class Scenario:
    """What is simulated; times in seconds, rates per second."""

    instances: int
    workers: int
    """Of each instance."""
    rate: float
    """Requests in a second, of all instances."""
    requests: Sequence[Request]
    """Measured ones: each is drawn from these, with equal chances."""
    seconds: float
    """For which requests come."""
    arrivals: Arrivals = "independent"
    balancer: Balancer = "random"
    stall: Stall | None = None
    deploy: Deploy | None = None


@dataclass(frozen=True)
class Simulated:
    """What came of a scenario."""

    starts: tuple[float, ...]
    """When each request came, in order."""
    times: tuple[float, ...]
    """Its response time."""
    most_waiting: int
    """Requests that waited for a worker of the same instance, at the most."""
    replaced: tuple[float, ...]
    """When a deploy had replaced the first instances, the next, and so on to the last."""

    def between(self, start: float, end: float) -> tuple[float, ...]:
        """Return the response times of the requests that came within a time, in ascending order."""
        return tuple(sorted(self.times[bisect_left(self.starts, start) : bisect_left(self.starts, end)]))

    def percentile(self, share: float, start: float = 0.0, end: float = float("inf")) -> float:
        """Return the seconds that a share of a time's requests took at the most; raises IndexError where there are none."""
        times = self.between(start, end)
        return times[min(len(times) - 1, int(share * len(times)))]

    def late(self, limit: float, start: float = 0.0, end: float = float("inf")) -> float:
        """Return the share of the requests of a time that took longer than `limit`: those that a timeout would have ended."""
        times = self.between(start, end)
        return sum(time > limit for time in times) / len(times) if times else 0.0

    def recovered(self, limit: float, after: float) -> float:
        """Return the seconds from `after` until the last request that took longer than `limit` came; 0 without any."""
        late = (at for at, time in zip(self.starts, self.times, strict=True) if at >= after and time > limit)
        return max((at - after for at in late), default=0.0)


@dataclass(eq=False)  # each is itself
class _Instance:
    free: int
    """Workers that have no request."""
    stalled: bool = False
    waiting: deque[tuple[int, Request]] = field(default_factory=deque)
    """Requests for which no worker was free, with their numbers."""
    under_way: int = 0
    drained: simpy.Event | None = None
    """What a deploy waits for: the end of the last request."""


class _Fleet:
    """The processes of one simulation, and what they have seen.

    A request is no process of SimPy's: there are millions of them, and two events for each take less than half of the time.
    """

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self._scenario, self._random = scenario, random.Random(seed)
        self._env = simpy.Environment()
        self._instances = [_Instance(scenario.workers) for _ in range(scenario.instances)]
        self._up = list(self._instances)
        self._starts: list[float] = []
        self._times: list[float] = []
        self._most_waiting = 0
        self._replaced: list[float] = []

    def run(self) -> Simulated:
        self._env.process(self._arrivals())
        if self._scenario.stall:
            self._env.process(self._stall(self._instances[0], self._scenario.stall))
        if self._scenario.deploy:
            self._env.process(self._deploy(self._scenario.deploy))
        self._env.run()
        return Simulated(tuple(self._starts), tuple(self._times), self._most_waiting, tuple(self._replaced))

    def _arrivals(self) -> Generator[simpy.Event, None, None]:
        rate, constant = self._scenario.rate, self._scenario.arrivals == "constant"
        while True:
            yield self._env.timeout(1 / rate if constant else self._random.expovariate(rate))
            if self._env.now >= self._scenario.seconds:
                return
            self._came(self._chosen(), self._random.choice(self._scenario.requests))

    def _chosen(self) -> _Instance:
        if self._scenario.balancer == "random":
            return self._random.choice(self._up)
        fewest = min([instance.under_way for instance in self._up])
        return self._random.choice([instance for instance in self._up if instance.under_way == fewest])

    def _came(self, instance: _Instance, request: Request) -> None:
        instance.waiting.append((len(self._starts), request))
        instance.under_way += 1
        self._starts.append(self._env.now)
        self._times.append(0.0)  # until it is answered
        self._serve(instance)
        self._most_waiting = max(self._most_waiting, len(instance.waiting))

    def _serve(self, instance: _Instance) -> None:
        """Give the requests that wait for a worker those that are free."""
        while instance.waiting and instance.free and not instance.stalled:
            number, request = instance.waiting.popleft()
            instance.free -= 1
            self._after(request.service, partial(self._served, instance, number, request))

    def _served(self, instance: _Instance, number: int, request: Request) -> None:
        instance.free += 1
        self._after(request.elsewhere, partial(self._answered, instance, number))
        self._serve(instance)

    def _answered(self, instance: _Instance, number: int) -> None:
        self._times[number] = self._env.now - self._starts[number]
        instance.under_way -= 1
        if instance.drained and not instance.under_way:
            instance.drained.succeed()
            instance.drained = None

    def _after(self, seconds: float, then: Callable[[], None]) -> None:
        self._env.timeout(seconds).callbacks.append(lambda _: then())

    def _stall(self, instance: _Instance, stall: Stall) -> Generator[simpy.Event, None, None]:
        """Let no worker begin anything for the time of the stall: each ends what it is doing."""
        yield self._env.timeout(stall.at)
        instance.stalled = True
        yield self._env.timeout(stall.seconds)
        instance.stalled = False
        self._serve(instance)

    def _deploy(self, deploy: Deploy) -> Generator[simpy.Event, None, None]:
        yield self._env.timeout(deploy.at)
        for first in range(0, len(self._instances), deploy.together):
            batch = self._instances[first : first + deploy.together]
            yield simpy.AllOf(self._env, [self._env.process(self._replace(instance, deploy.start)) for instance in batch])
            self._replaced.append(self._env.now)

    def _replace(self, instance: _Instance, start: float) -> Generator[simpy.Event, None, None]:
        self._up.remove(instance)
        if instance.under_way:
            instance.drained = self._env.event()
            yield instance.drained
        yield self._env.timeout(start)
        self._up.append(instance)


def simulate(scenario: Scenario, seed: int) -> Simulated:
    """Return what comes of a scenario; the same for the same seed.

    Raises:
        ValueError: when a deploy replaces all instances at the same time, so that nothing could answer.
    """
    if scenario.deploy and scenario.deploy.together >= scenario.instances:
        raise ValueError(f"a deploy of {scenario.deploy.together} instances at a time leaves none of {scenario.instances}")
    return _Fleet(scenario, seed).run()
