"""What a fleet is computed from, what the model takes for granted, and what is computed of it."""

from __future__ import annotations

import math
from typing import Annotated, Literal

from pydantic import Field, model_validator

from bench.analyse.quantities import Quantity
from bench.analyse.records import Record

Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Limit = Literal["utilisation", "p99", "fewest"]
"""What asks for as many instances as a fleet has."""


class Assumption(Record):
    """What the model takes for granted, for pages to print."""

    name: str
    says: str


ASSUMPTIONS = (
    Assumption(
        name="arrivals",
        says="Requests come independently of each other, and a balancer spreads them over the instances by chance. Crowds that "
        "come at once, and retries, make queues that are longer than this.",
    ),
    Assumption(
        name="independence",
        says="Instances share no lock, cache or connection, and the database and the network keep up at any size of the fleet. "
        "How long a request waits says nothing of how long it then takes.",
    ),
    Assumption(
        name="utilisation",
        says="How full an instance is counts as a share of the throughput that one worker on one processor was measured to have, "
        "and others have as much.",
    ),
    Assumption(
        name="pauses",
        says="The slowest tenth of the response times at half load are pauses of the runtime and of the machine. The fuller an "
        "instance is, the longer it takes to catch up after one, and the more requests meet them.",
    ),
    Assumption(
        name="connections",
        says="The connections to the database limit throughput, and below the cap of utilisation no request waits for one.",
    ),
    Assumption(
        name="failover",
        says="With the spare instances gone, the rest serve the whole load within the cap and the target. They fail alone, and "
        "the balancer knows at once.",
    ),
    Assumption(
        name="memory",
        says="An instance takes what it took under the measured load. What grows with users or time is not in it.",
    ),
    Assumption(
        name="start",
        says="The machine is there and has the image, and an instance takes its share of the load with its first response: "
        "neither caches nor a compiler warm up.",
    ),
    Assumption(
        name="price",
        says="A whole worker's processor and the memory are paid for, whether used or not, and nothing else is: no traffic, no "
        "database, no balancer.",
    ),
)


class Latencies(Record):
    """Response times of an open loop at a constant rate; seconds."""

    load: Annotated[float, Field(ge=0, lt=1)]
    """The rate, as a share of the throughput."""
    p50: Quantity
    p90: Quantity
    p99: Quantity
    p999: Quantity
    longest: Quantity


class Endpoint(Record):
    """What a request of one endpoint takes of a worker, with the database on the same machine."""

    service: Quantity
    """Seconds that it keeps the worker."""
    processor: Quantity
    """Processor seconds at half of the throughput, which are more where workers sleep and wake up in between."""
    variation: Quantity
    """Squared coefficient of variation of the service, without the pauses of all; an exponential distribution has 1."""
    latencies: Latencies
    throughput: Quantity
    """Requests a second, whether the worker was busy first, or the database or the load generator beside it."""
    queries: Annotated[int, Field(ge=0)] = 0
    """Round trips to the database, one after the other."""


class Instance(Record):
    """One deployed copy of a service, as it was measured."""

    endpoints: dict[str, Endpoint]
    workers: Annotated[int, Field(ge=1)] = 1
    """Processes, or processors that one process uses; each has a CPU of its own."""
    memory: Quantity
    """Bytes with one worker."""
    worker_memory: Quantity
    """Bytes that each further worker takes."""
    start: Quantity
    """Seconds to the first response."""
    waiting: Annotated[int, Field(ge=1)] | None = None
    """Requests of one worker that may wait for the database at the same time, as it has connections; None without a limit."""


class Demand(Record):
    """What a fleet has to do, as its owner says."""

    rate: Positive
    """Requests in a second, of the whole fleet."""
    mix: dict[str, Positive]
    """Endpoint -> its share of the requests."""
    distance: NotNegative = 0.0
    """Seconds that a round trip to the database takes longer than on the same machine."""
    p99: Positive
    """Seconds that 99 of 100 requests may take."""
    utilisation: Annotated[float, Field(gt=0, lt=1)]
    """The most that an instance may be used."""
    fewest: Annotated[int, Field(ge=1)] = 1
    """Instances that there are at the least, before the spare ones."""
    spare: Annotated[int, Field(ge=0)] = 1
    """Instances that may fail at the same time: 1 is known as N+1."""
    together: Annotated[int, Field(ge=1)] = 1
    """Instances that a deploy replaces at a time."""
    arrivals: NotNegative = 1.0
    """Squared coefficient of variation of the times between requests: 1 for independent users, 0 for a constant rate."""

    @model_validator(mode="after")
    def _is_whole(self) -> Demand:
        if not math.isclose(sum(self.mix.values()), 1, rel_tol=1e-9):
            raise ValueError(f"the shares of the mix add up to {sum(self.mix.values()):g} and not to 1")
        return self


class Prices(Record):
    """What the reader pays in a month, in the reader's currency."""

    cpu: Positive
    """For one CPU."""
    memory: NotNegative
    """For one gibibyte."""


class Fleet(Record):
    """What a demand takes; derived."""

    instances: Quantity
    """With the spare ones."""
    limit: Limit
    """What asks for so many."""
    cpus: Quantity
    """That are paid for."""
    busy: Quantity
    """That are used: processor seconds in each second."""
    memory: Quantity
    """Bytes."""
    cost: Quantity
    """A month, in the currency of the prices."""
    utilisation: Quantity
    """Of each of the point value's instances, with all of them up; so are the response times."""
    p50: Quantity
    """Seconds."""
    p99: Quantity
    """Seconds."""
    deploy: Quantity
    """Seconds until a rolling deploy has replaced all."""
    scale_out: Quantity
    """Seconds until instances that are asked for answer."""
    unmet: str | None = None
    """Why no number of instances is enough, as a sentence; the rest is infinite then."""
