"""The parts that the fleet model is made of, from the invocations of one endpoint's latency curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean, median, pvariance

from bench.analyse.deployments import Endpoint, Latencies
from bench.analyse.intervals import CONFIDENCE, full_range_confidence, median_interval
from bench.analyse.pairs import failed, invocations_by_round
from bench.analyse.quantities import Quantity
from bench.records.run import BenchmarkResult, Invocation

SATURATED = "saturation"
HALF = "50%"
LIGHT = "25%"
"""The lightest load of a curve: hardly anything waits for a worker, so that what varies is the service."""
KNOWN = (("p50", "p50"), ("p90", "p90"), ("p99", "p99"), ("p999", "p999"), ("max", "longest"))
STEPS = (("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p999", 0.999), ("max", 1.0))
SAMPLES = 2000


def endpoint(result: BenchmarkResult, program: str, queries: int = 0, distance: float = 0.0) -> Endpoint | None:
    """Return what a request takes of a program with one worker; None where no invocation has a curve.

    Args:
        result: of an entry with a latency curve.
        program: one of its programs.
        queries: that a request makes of the database, one after the other.
        distance: seconds that a round trip to the database was longer than on the same machine, when this was measured.
    """
    curves = [_phases(one) for one in invocations_by_round(result, program).values() if not failed(one)]
    curves = [curve for curve in curves if curve.keys() >= {SATURATED, LIGHT, HALF}]
    if not curves:
        return None
    waits = queries * distance
    return Endpoint(
        service=quantity([1 / curve[SATURATED]["rate"] for curve in curves]),
        processor=quantity([curve[HALF]["server_cpu"] / 1000 for curve in curves]),
        variation=quantity([_variation(curve) for curve in curves]),
        latencies=Latencies(
            load=0.5, **{name: quantity([max(0.0, curve[HALF][metric] - waits) for curve in curves]) for metric, name in KNOWN}
        ),
        queries=queries,
    )


def services(result: BenchmarkResult, program: str) -> tuple[float, ...]:
    """Return the seconds that requests keep a worker, as samples for a simulation: as many of each invocation with a curve.

    They vary as latencies do at a light load, and their mean is that of the throughput.
    """
    curves = [_phases(one) for one in invocations_by_round(result, program).values() if not failed(one)]
    return tuple(sample for curve in curves if curve.keys() >= {SATURATED, LIGHT} for sample in _services(curve))


def quantity(values: Sequence[float]) -> Quantity:
    """Return the median of one value or more, with its order-statistic interval at the confidence that their number allows."""
    return Quantity(value=median(values), interval=median_interval(values, min(CONFIDENCE, full_range_confidence(len(values)))))


def _phases(invocation: Invocation) -> dict[str, Mapping[str, float]]:
    return {reading.mark: reading.metrics for reading in invocation.readings}


def _floor(curve: Mapping[str, Mapping[str, float]]) -> float:
    """Return what an answer takes at a light load, but for the service."""
    return curve[LIGHT]["p50"] - 1 / curve[SATURATED]["rate"]


def _services(curve: Mapping[str, Mapping[str, float]]) -> tuple[float, ...]:
    """Return as many service times as vary like the latencies of a light load, in ascending order."""
    floor, mean = max(0.0, _floor(curve)), 1 / curve[SATURATED]["rate"]
    varying = [max(0.0, latency - floor) for latency in latencies(curve[LIGHT])]
    scale = mean / fmean(varying)
    return tuple(scale * each for each in varying)


def latencies(metrics: Mapping[str, float], count: int = SAMPLES) -> tuple[float, ...]:
    """Return latencies that have the percentiles of a phase, in ascending order: straight lines between those that are known.

    Below the median they are taken to vary as much as they do up to the 90th percentile.
    """
    knots = [(0.0, max(0.0, 2 * metrics["p50"] - metrics["p90"])), *((share, metrics[name]) for name, share in STEPS)]
    result = []
    step = 0
    for number in range(count):
        share = (number + 0.5) / count
        while share > knots[step + 1][0]:
            step += 1
        (before, low), (after, high) = knots[step : step + 2]
        result.append(low + (share - before) / (after - before) * (high - low))
    return tuple(result)


def _variation(curve: Mapping[str, Mapping[str, float]]) -> float:
    """Return the squared coefficient of variation of the service; what is slower than nine of ten counts as slow as the tenth."""
    samples = _services(curve)
    most = samples[len(samples) * 9 // 10]
    ordinary = [min(each, most) for each in samples]
    return pvariance(ordinary) / fmean(ordinary) ** 2
