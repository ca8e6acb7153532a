"""Waiting for a worker, by approximations of the queue G/G/c; times in seconds, rates per second.

Sources: Erlang's formula of delay for M/M/c, as in Gross et al., Fundamentals of Queueing Theory, 4th edition (2008), section
2.3; Allen, Probability, Statistics and Queueing Theory with Computer Science Applications, 2nd edition (1990), chapter 5, for
the factor of Allen and Cunneen that makes G/G/c of it; Kraemer and Langenbach-Belz, 8th International Teletraffic Congress
(1976), for its correction where arrivals are not Poisson's; Kingman, Mathematical Proceedings of the Cambridge Philosophical
Society 57 (1961), for the exponential tail of the wait.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STEPS = 60
"""Bisections of a percentile: the last is beyond the precision of a double."""
DRAWS = 20_000
"""Requests that are drawn where response times follow one another, and there is no formula for their sum."""
SEED = 1


@dataclass(frozen=True)
class Station:
    """Workers that serve one queue."""

    workers: int
    rate: float
    """Requests in a second."""
    service: float
    """Mean seconds that a request keeps a worker."""
    arrivals: float
    """Squared coefficient of variation of the time between requests: 1 for Poisson's, 0 for a constant rate."""
    services: float
    """Squared coefficient of variation of the service."""

    @property
    def utilisation(self) -> float:
        return self.rate * self.service / self.workers


@dataclass(frozen=True)
class Wait:
    """How long a request waits for a worker: with a probability, and then an exponential time."""

    probability: float
    mean: float
    """Seconds, of those that wait."""

    def beyond(self, seconds: float) -> float:
        """Return the probability of a longer wait than so many seconds, not below 0."""
        return self.probability * math.exp(-seconds / self.mean) if self.mean > 0 else 0.0


NO_WAIT = Wait(probability=0.0, mean=0.0)


@dataclass(frozen=True)
class Piece:
    """A part of the response times without the wait: any time between two is as likely as another."""

    share: float
    low: float
    high: float

    def tail(self, seconds: float, wait: Wait) -> float:
        """Return the share that takes longer than so many seconds, together with an independent wait: an integral, exactly."""
        if seconds < self.low:
            return self.share
        width = self.high - self.low
        if width == 0:
            return self.share * wait.beyond(seconds - self.low)
        end = min(self.high, seconds)
        longer = (self.high - end) / width
        if wait.mean > 0:
            longer -= wait.beyond(seconds - end) * wait.mean / width * math.expm1((self.low - end) / wait.mean)
        return self.share * longer


@dataclass(frozen=True)
class Response:
    """The response times of a class of requests."""

    share: float
    """Of all requests."""
    pieces: tuple[Piece, ...]
    """Without the wait, in ascending order; their shares add up to 1."""
    wait: Wait

    def tail(self, seconds: float) -> float:
        """Return the share of the class that takes longer than so many seconds."""
        return sum(piece.tail(seconds, self.wait) for piece in self.pieces)


def delayed(workers: int, load: float) -> float:
    """Return the probability that a request finds all workers busy, by Erlang's formula; 1 where they have more than they can do.

    Args:
        workers: how many serve the queue.
        load: how many of them would be busy: rate times service.
    """
    if load >= workers:
        return 1.0
    blocked = 1.0  # Erlang's formula of loss, by its recursion over the workers
    for count in range(1, workers + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked / (1 - load / workers * (1 - blocked))


def wait(station: Station) -> Wait:
    """Return a request's wait for a worker, whose mean is infinite from utilisation 1 on."""
    if station.rate == 0:
        return NO_WAIT
    if station.utilisation >= 1:
        return Wait(probability=1.0, mean=math.inf)
    each = station.service / station.workers / (1 - station.utilisation) * _variability(station)
    return Wait(delayed(station.workers, station.rate * station.service), each)


def _variability(station: Station) -> float:
    """Return the factor that the wait of M/M/c is multiplied by."""
    arrivals, services, busy = station.arrivals, station.services, station.utilisation
    if arrivals + services == 0:
        return 0.0
    if arrivals <= 1:
        exponent = 2 * (1 - busy) / (3 * busy) * (1 - arrivals) ** 2 / (arrivals + services)
    else:
        exponent = (1 - busy) * (arrivals - 1) / (arrivals + 4 * services)
    return (arrivals + services) / 2 * math.exp(-exponent)


def percentile(responses: Sequence[Response], share: float) -> float:
    """Return the seconds that the given share of all requests takes at the most; infinite where a queue grows without end."""
    if any(math.isinf(response.wait.mean) for response in responses):
        return math.inf
    low, high = 0.0, max(response.pieces[-1].high for response in responses) or 1.0
    while _beyond(responses, high) > 1 - share:
        low, high = high, 2 * high
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _beyond(responses, middle) > 1 - share else (low, middle)
    return high


def _beyond(responses: Sequence[Response], seconds: float) -> float:
    return sum(response.share * response.tail(seconds) for response in responses)


def percentile_in_series(responses: Sequence[Response], share: float) -> float:
    """Return the seconds that a share of the requests takes at the most that take each of these one after the other.

    It is estimated from requests that are drawn, independently for each, and always with the same seed: so it rises wherever one
    of the response times does, and not by chance.
    """
    if any(math.isinf(response.wait.mean) for response in responses):
        return math.inf
    random = np.random.default_rng(SEED)
    total = np.zeros(DRAWS)
    for response in responses:
        total += _drawn(response, random.random(DRAWS), random.random(DRAWS))
    return float(np.quantile(total, share))


def _drawn(response: Response, own: NDArray[np.float64], waiting: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return response times of a class from numbers between 0 and 1, by the inverses of both distributions."""
    shares = np.cumsum([0.0, *(piece.share for piece in response.pieces)])
    ends = [response.pieces[0].low, *(piece.high for piece in response.pieces)]
    probability = max(response.wait.probability, math.ulp(1.0))
    waits = response.wait.mean * np.log(np.maximum(1.0, probability / (1 - waiting)))
    return np.interp(own, shares, ends) + waits
