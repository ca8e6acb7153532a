"""The parts that the fleet model is made of, from the latency curves of endpoints that were measured alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.analyse.deployments import Endpoint, Instance, Latencies
from bench.analyse.intervals import CONFIDENCE, full_range_confidence, median_interval
from bench.analyse.pairs import failed, invocations_by_round
from bench.analyse.quantities import Quantity
from bench.records.run import BenchmarkResult

Curve = Mapping[str, Mapping[str, float]]
"""Mark -> metrics of one invocation."""
START = "start"
SATURATED = "saturation"
HALF = "50%"
"""The load nearest to that of most fleets: response times are taken from it as they were measured."""
FIXED = "fixed"
"""A rate that is the same for all, of entries that have no curve."""
LIGHT = "25%"
"""The lightest load of a curve: hardly anything waits for a worker, so that what varies is the service."""
KNOWN = (("p50", "p50"), ("p90", "p90"), ("p99", "p99"), ("p999", "p999"), ("max", "longest"))
"""Metric of a phase -> the field that has it."""
STEPS = (("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p999", 0.999), ("max", 1.0))
MOST_LOADED = 0.99
"""The share of its throughput that a worker is taken to have been asked for at the most."""
BUSY = 0.9
"""CPUs from which a worker that serves as much as it can is what limits that."""
SAMPLES = 2000
"""Service times of each invocation: enough for the slowest in a thousand to be two."""


class Source(NamedTuple):
    """Where an endpoint was measured alone."""

    result: BenchmarkResult
    """Of an entry with a latency curve and one worker."""
    queries: int = 0
    """That a request makes of the database, one after the other."""
    distance: float = 0.0
    """Seconds that a round trip to the database was longer than on the same machine."""


def instance(
    sources: Mapping[str, Source], program: str, *, workers: int, worker_memory: Quantity, waiting: int | None
) -> Instance | None:
    """Return a program as an instance that serves several endpoints; None where one of them has no curve.

    Args:
        sources: endpoint -> where it was measured.
        program: the same in all of them. It takes the memory of the endpoint that makes it take most.
        workers: of the instance.
        worker_memory: bytes that each worker after the first takes.
        waiting: requests of a worker that may wait for the database at the same time.
    """
    endpoints = {name: one for name, source in sources.items() if (one := endpoint(source, program))}
    sizes = [size for source in sources.values() if (size := reading(source.result, program, HALF, "proportional"))]
    starts = [start for source in sources.values() if (start := reading(source.result, program, START, "seconds"))]
    if len(endpoints) < len(sources) or not (sizes and starts):
        return None
    return Instance(
        endpoints=endpoints,
        workers=workers,
        memory=max(sizes, key=lambda size: size.value),
        worker_memory=worker_memory,
        start=max(starts, key=lambda start: start.value),
        waiting=waiting,
    )


def endpoint(source: Source, program: str) -> Endpoint | None:
    """Return what a request takes of a program with one worker; None where no invocation has a curve."""
    curves = [curve for curve in _curves(source.result, program) if curve.keys() >= {SATURATED, LIGHT, HALF}]
    if not curves:
        return None
    waits = source.queries * source.distance
    percentiles = {name: quantity([max(0.0, curve[HALF][metric] - waits) for curve in curves]) for metric, name in KNOWN}
    return Endpoint(
        service=quantity([_service(curve) for curve in curves]),
        processor=quantity([curve[HALF]["server_cpu"] / 1000 for curve in curves]),
        variation=quantity([_variation(curve) for curve in curves]),
        latencies=Latencies(
            load=min(MOST_LOADED, median(curve[HALF]["rate"] * _service(curve) for curve in curves)), **percentiles
        ),
        throughput=quantity([curve[SATURATED]["rate"] for curve in curves]),
        queries=source.queries,
    )


def _service(curve: Curve) -> float:
    """Return the seconds that a request keeps the worker: those of its processor when it is busiest.

    That is the service demand law, as in Denning and Buzen, Computing Surveys 10 (1978). It holds as well where the database or
    the load generator is busy first, and the throughput is theirs.
    """
    return curve[SATURATED]["server_cpu"] / 1000


def services(result: BenchmarkResult, program: str) -> tuple[float, ...]:
    """Return the seconds that requests keep a worker, as samples for a simulation: as many of each invocation with a curve.

    They vary as latencies do at a light load, and their mean is the processor time at saturation.
    """
    curves = _curves(result, program)
    return tuple(sample for curve in curves if curve.keys() >= {SATURATED, LIGHT} for sample in _services(curve).tolist())


def elsewhere(result: BenchmarkResult, program: str) -> float:
    """Return the seconds that an answer takes at a light load without a worker: the distance to the database is among them.

    Raises:
        StatisticsError: no invocation has a curve.
    """
    curves = _curves(result, program)
    return median([max(0.0, _floor(curve)) for curve in curves if curve.keys() >= {SATURATED, LIGHT}])


def reading(result: BenchmarkResult, program: str, mark: str, metric: str) -> Quantity | None:
    """Return what was read of a program at a mark; None where nothing was."""
    values = [curve[mark][metric] for curve in _curves(result, program) if metric in curve.get(mark, {})]
    return quantity(values) if values else None


def used(result: BenchmarkResult, program: str) -> Quantity | None:
    """Return how many CPUs a program was using when it served as much as it can; None where that was not measured."""
    busy = [
        curve[SATURATED]["server_cpu"] / 1000 * curve[SATURATED]["rate"]
        for curve in _curves(result, program)
        if SATURATED in curve
    ]
    return quantity(busy) if busy else None


def quantity(values: Sequence[float]) -> Quantity:
    """Return the median of one value or more, with its order-statistic interval at the confidence that their number allows."""
    return Quantity(value=median(values), interval=median_interval(values, min(CONFIDENCE, full_range_confidence(len(values)))))


def _curves(result: BenchmarkResult, program: str) -> list[Curve]:
    """Return mark -> metrics of each invocation that has not failed."""
    invocations = invocations_by_round(result, program).values()
    return [{one.mark: one.metrics for one in invocation.readings} for invocation in invocations if not failed(invocation)]


def _floor(curve: Curve) -> float:
    """Return what an answer takes at a light load, but for the service."""
    return curve[LIGHT]["p50"] - _service(curve)


def _services(curve: Curve) -> NDArray[np.float64]:
    """Return as many service times as vary like the latencies of a light load, in ascending order."""
    floor, mean = max(0.0, _floor(curve)), _service(curve)
    varying = np.maximum(0.0, latencies(curve[LIGHT]) - floor)
    services: NDArray[np.float64] = mean / np.mean(varying) * varying
    return services


def latencies(metrics: Mapping[str, float], count: int = SAMPLES) -> NDArray[np.float64]:
    """Return latencies that have the percentiles of a phase, in ascending order: straight lines between those that are known.

    Below the median they are taken to vary as much as they do up to the 90th percentile.
    """
    shares, values = (0.0, *(share for _, share in STEPS)), [metrics[name] for name, _ in STEPS]
    fastest = max(0.0, 2 * metrics["p50"] - metrics["p90"])
    return np.interp((np.arange(count) + 0.5) / count, shares, [fastest, *values])


def _variation(curve: Curve) -> float:
    """Return the squared coefficient of variation of the service; the slowest tenth is pauses, and counts as the next slowest."""
    samples = _services(curve)
    ordinary = np.minimum(samples, samples[len(samples) * 9 // 10 - 1])
    return float(np.var(ordinary) / np.mean(ordinary) ** 2)
