"""From one measured instance to a fleet: instances, CPUs, memory, cost, response times, and how long a deploy takes.

Everything here is derived, and nothing is believed beyond what `predictions` has held against a measurement. The method, its
sources and where it ends: docs/decisions/fleet.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from bench.analyse import queueing
from bench.analyse.deployments import Demand, Endpoint, Fleet, Instance, Latencies, Limit, Prices
from bench.analyse.quantities import End, Ends, Quantity, derived, over_ends

GIBIBYTE = 2**30
POINT = Ends("value", "value")
MOST = 1 << 20
"""Instances from which no number of them is taken to be enough."""
PAUSED = 0.1
"""The share of measured response times, the slowest, that are pauses: everything after the 90th percentile."""


class _Mean(NamedTuple):
    """A request of the mix, averaged."""

    service: float
    held: float
    """Seconds that it holds a connection to the database."""
    variation: float
    """Of the service: within endpoints and between them."""


def fleet(instance: Instance, demand: Demand, prices: Prices) -> Fleet:
    """Return the fleet that a demand takes, of copies of an instance.

    Every metric rises with every quantity that is an input, but a percentile with the variation of the service, which is taken at
    both ends; so intervals are those of the ends, with the confidence that all inputs lie in theirs.

    Raises:
        KeyError: when the mix has an endpoint that the instance lacks.
    """
    of_load = list(inputs(instance, demand))
    needed = over_ends(lambda ends: _needed(instance, demand, ends), of_load)
    count = needed.value

    def size(end: End) -> float:
        return instance.memory.at(end) + (instance.workers - 1) * instance.worker_memory.at(end)

    def cost(end: End) -> float:
        return needed.at(end) * (instance.workers * prices.cpu + size(end) / GIBIBYTE * prices.memory)

    everything = [*of_load, instance.memory, instance.worker_memory]
    return Fleet(
        instances=needed,
        limit=_limit(instance, demand),
        cpus=derived(lambda end: needed.at(end) * instance.workers, of_load),
        busy=busy(instance, demand),
        memory=derived(lambda end: needed.at(end) * size(end), everything),
        cost=derived(cost, everything),
        utilisation=utilisation(instance, demand, count),
        p50=response(instance, demand, count, 0.50),
        p99=response(instance, demand, count, 0.99),
        deploy=derived(
            lambda end: (
                math.ceil(needed.at(end) / demand.together) * instance.start.at(end)
                if math.isfinite(needed.at(end))
                else math.inf
            ),
            [*of_load, instance.start],
        ),
        scale_out=derived(instance.start.at, [instance.start]),
        unmet=_unmet(instance, demand) if math.isinf(count) else None,
    )


def busy(instance: Instance, demand: Demand) -> Quantity:
    """Return the processor seconds that a demand takes in each second: the sum over its mix."""
    processors = {name: instance.endpoints[name].processor for name in demand.mix}
    return derived(
        lambda end: demand.rate * sum(share * processors[name].at(end) for name, share in demand.mix.items()), processors.values()
    )


def throughput(instance: Instance, demand: Demand) -> Quantity:
    """Return the requests of the mix that an instance serves in a second at the most."""
    return derived(lambda end: _capacity(instance, _mean(instance, demand, Ends(end, "value"))), inputs(instance, demand))


def throughput_as_measured(instance: Instance, demand: Demand) -> Quantity:
    """Return the requests of the mix that are served in a second beside the database and the load generator of the measurement.

    One over the throughput of an endpoint is the time that a request of it takes of whatever was busy first. Where that is the
    same in all endpoints these times add up by their shares (the bottleneck law, as in Denning and Buzen, Computing Surveys 10,
    1978); where it is not, more is served than this. Nor is it more than the connections let through at the mix's distance.
    """
    own, each = throughput(instance, demand), {name: instance.endpoints[name].throughput for name in demand.mix}
    return derived(
        lambda end: min(own.at(end), instance.workers / sum(share / each[name].at(end) for name, share in demand.mix.items())),
        [own, *each.values()],
    )


def utilisation(instance: Instance, demand: Demand, instances: float) -> Quantity:
    """Return which share of its throughput each of so many instances is asked for."""
    return derived(lambda end: _used(instance, demand, instances, Ends(end, "value")), inputs(instance, demand))


def response(instance: Instance, demand: Demand, instances: float, share: float) -> Quantity:
    """Return the seconds that a share of all requests takes at the most, on so many instances."""
    return over_ends(
        lambda ends: queueing.percentile(responses(instance, demand, instances, ends), share), inputs(instance, demand)
    )


def responses(instance: Instance, demand: Demand, instances: float, ends: Ends = POINT) -> tuple[queueing.Response, ...]:
    """Return the response times of each endpoint of the mix, in its order.

    Args:
        instance: of which there are `instances`.
        demand: which the instances share equally.
        instances: how many; infinity for response times without any wait.
        ends: where quantities are taken: all of them, and the variation of the service.
    """
    mean = _mean(instance, demand, ends)
    station = queueing.Station(
        workers=instance.workers,
        rate=demand.rate / instances,
        service=mean.service,
        arrivals=demand.arrivals,
        services=mean.variation,
    )
    return tuple(_response(instance.endpoints[name], share, demand, station, ends) for name, share in demand.mix.items())


def _response(endpoint: Endpoint, share: float, demand: Demand, station: queueing.Station, ends: Ends) -> queueing.Response:
    """Return the response times of an endpoint: those measured, with more pauses, and with what it waits longer in the mix.

    A worker that has stood still for a while catches up by the capacity that it has left. So the time in which requests are late,
    and their share with it, goes with one over one minus the utilisation: a queue as a fluid, as in Kleinrock, Queueing Systems,
    volume 2 (1976), chapter 2.
    """
    known = endpoint.latencies
    service = endpoint.service.at(ends.cost)
    alone = queueing.Station(1, known.load / service, service, arrivals=0.0, services=endpoint.variation.at(ends.variation))
    wait, included = queueing.wait(station), queueing.wait(alone)
    more = max(0.0, wait.probability * wait.mean - included.probability * included.mean)
    paused = min(1.0, PAUSED * (1 - known.load) / max(1 - station.utilisation, PAUSED * (1 - known.load)))
    return queueing.Response(
        share=share,
        pieces=_pieces(known, paused, endpoint.queries * demand.distance, ends),
        wait=queueing.Wait(wait.probability, more / wait.probability) if more > 0 else queueing.NO_WAIT,
    )


def _pieces(known: Latencies, paused: float, further: float, ends: Ends) -> tuple[queueing.Piece, ...]:
    """Return measured response times with a share of pauses and a constant on top.

    Between two percentiles all times are as likely; below the median they are spread as far as up to the 90th percentile.
    """
    p50, p90 = known.p50.at(ends.cost), known.p90.at(ends.cost)
    steps = [max(0.0, 2 * p50 - p90), p50, p90, *(each.at(ends.cost) for each in (known.p99, known.p999, known.longest))]
    shares = [(1 - paused) * 5 / 9, (1 - paused) * 4 / 9, paused * 0.9, paused * 0.09, paused * 0.01]
    return tuple(
        queueing.Piece(share, low + further, high + further) for share, low, high in zip(shares, steps, steps[1:], strict=False)
    )


def inputs(instance: Instance, demand: Demand) -> Iterator[Quantity]:
    """Yield the quantities that throughput and response times of a mix rest on."""
    for name in demand.mix:
        endpoint = instance.endpoints[name]
        known = endpoint.latencies
        yield from (endpoint.service, endpoint.variation, known.p50, known.p90, known.p99, known.p999, known.longest)


def _mean(instance: Instance, demand: Demand, ends: Ends) -> _Mean:
    service = square = held = 0.0
    for name, share in demand.mix.items():
        endpoint = instance.endpoints[name]
        each = endpoint.service.at(ends.cost)
        service += share * each
        square += share * each**2 * (1 + endpoint.variation.at(ends.variation))
        if endpoint.queries:
            elsewhere = max(0.0, endpoint.latencies.p50.at(ends.cost) - each)
            held += share * (elsewhere + endpoint.queries * demand.distance)
    return _Mean(service, held, square / service**2 - 1)


def _capacity(instance: Instance, mean: _Mean) -> float:
    """Return the requests of the mix that an instance serves in a second at the most."""
    by_connections = instance.waiting / mean.held if instance.waiting and mean.held else math.inf
    return instance.workers * min(1 / mean.service, by_connections)


def _used(instance: Instance, demand: Demand, instances: float, ends: Ends) -> float:
    return demand.rate / instances / _capacity(instance, _mean(instance, demand, ends))


def _p99(instance: Instance, demand: Demand, instances: float, ends: Ends) -> float:
    return queueing.percentile(responses(instance, demand, instances, ends), 0.99)


def _enough(instance: Instance, demand: Demand, ends: Ends) -> int:
    """Return how many instances keep the cap of utilisation."""
    return max(demand.fewest, math.ceil(_used(instance, demand, 1, ends) / demand.utilisation))


def _needed(instance: Instance, demand: Demand, ends: Ends) -> float:
    """Return the fewest instances that keep the cap and the target, and the spare ones; infinity where none do."""
    few = _enough(instance, demand, ends)
    many = few
    while _p99(instance, demand, many, ends) > demand.p99:
        few, many = many + 1, 2 * many
        if many > MOST:
            return math.inf
    while few < many:
        middle = (few + many) // 2
        few, many = (few, middle) if _p99(instance, demand, middle, ends) <= demand.p99 else (middle + 1, many)
    return many + demand.spare


def _limit(instance: Instance, demand: Demand) -> Limit:
    ends = POINT
    kept = _enough(instance, demand, ends)
    if _needed(instance, demand, ends) > kept + demand.spare:
        return "p99"
    return "fewest" if kept == demand.fewest else "utilisation"


def _unmet(instance: Instance, demand: Demand) -> str:
    least = _p99(instance, demand, math.inf, POINT)
    return (
        f"No number of instances is enough: without any wait for a worker the 99th percentile is {least * 1e3:.3g} ms already, "
        f"and {demand.p99 * 1e3:.3g} ms are asked for."
    )
